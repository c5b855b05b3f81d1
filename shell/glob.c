/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/glob.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/base/xalloc.h"
#include "shell/pattern.h"

bool glob_is_pattern(const char *text, const char *mask, size_t len)
{
	bool open = false;

	for (size_t i = 0; i < len; i++) {
		if (mask[i] & MASK_QUOTED)
			continue;
		if (text[i] == '*' || text[i] == '?')
			return true;
		if (text[i] == '[')
			open = true;
		else if (text[i] == ']' && open)
			return true;
	}
	return false;
}

/* A pathname expansion under way. */
struct glob {
	struct task *t;
	struct args *out;
	const char *text, *mask;
	size_t len;
	struct strbuf path; /* the pathname so far */
};

static bool special(const struct glob *g, size_t from, size_t to)
{
	return glob_is_pattern(g->text + from, g->mask + from, to - from);
}

static void walk(struct glob *g, size_t pos);

/* Append TEXT[from..to) without the backslashes that quote in patterns. */
static void add_literal(struct glob *g, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (g->text[i] == '\\' && !(g->mask[i] & MASK_QUOTED) &&
		        i + 1 < to)
			i++;
		strbuf_addch(&g->path, g->text[i]);
	}
}

static void add_match(struct glob *g)
{
	args_push(g->t, g->out,
	        arena_strndup(&g->t->scratch, g->path.buf, g->path.len));
}

/* Is the entry worth entering as a directory? */
static bool may_be_directory(const struct dirent *e)
{
	return e->d_type == DT_UNKNOWN || e->d_type == DT_DIR ||
	       e->d_type == DT_LNK;
}

/* . and .. are not what .* is meant for. */
static bool is_dots(const char *s)
{
	return !s[1] || (s[1] == '.' && !s[2]);
}

/* Match one component TEXT[from..to) against the entries of g->path. */
static void match_component(struct glob *g, size_t from, size_t to)
{
	struct task *t = g->t;
	size_t base = g->path.len, n = to - from;
	char *quoted = xmalloc(n + 1);
	struct arena local = {0};
	struct pattern *pat;
	struct dirent *e;
	DIR *d = NULL;
	bool dot;

	for (size_t i = 0; i < n; i++)
		quoted[i] = g->mask[from + i] & MASK_QUOTED;
	pat = pattern_compile(&local, t->sh->utf8, g->text + from, quoted, n);
	dot = g->text[from] == '.' ||
	      (g->text[from] == '\\' && !quoted[0] && n > 1 &&
	              g->text[from + 1] == '.');
	d = opendir(base ? g->path.buf : ".");
	if (!d)
		goto out;
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.' && (!dot || is_dots(e->d_name)))
			continue;
		if (to < g->len && !may_be_directory(e))
			continue;
		if (!pattern_match(pat, e->d_name, strlen(e->d_name)))
			continue;
		strbuf_addstr(&g->path, e->d_name);
		if (to == g->len)
			add_match(g);
		else
			walk(g, to);
		strbuf_setlen(&g->path, base);
	}
out:
	if (d)
		closedir(d);
	free(quoted);
	arena_free(&local);
}

/* Expand from POS, where g->path holds what comes before. */
static void walk(struct glob *g, size_t pos)
{
	size_t end, base = g->path.len;
	struct stat st;

	for (;;) {
		while (pos < g->len && g->text[pos] == '/')
			strbuf_addch(&g->path, g->text[pos++]);
		for (end = pos; end < g->len && g->text[end] != '/'; end++)
			;
		if (special(g, pos, end)) {
			match_component(g, pos, end);
			break;
		}
		add_literal(g, pos, end);
		if (end == g->len) {
			if (g->path.len && !lstat(g->path.buf, &st))
				add_match(g);
			break;
		}
		pos = end;
	}
	strbuf_setlen(&g->path, base);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_locale(const void *a, const void *b)
{
	int r = strcoll(*(char *const *)a, *(char *const *)b);

	return r ? r : by_bytes(a, b);
}

int glob_expand(struct task *t, const char *text, const char *mask, size_t len,
        struct args *out)
{
	struct glob g = {t, out, text, mask, len, STRBUF_INIT};
	int before = out->n;

	strbuf_grow(&g.path, 256);
	walk(&g, 0);
	strbuf_release(&g.path);
	if (out->n - before > 1)
		qsort(out->v + before, (size_t)(out->n - before),
		        sizeof(char *),
		        t->sh->posix_locale ? by_bytes : by_locale);
	return out->n - before;
}
