/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/command.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/alias.h"
#include "shell/base/xalloc.h"
#include "shell/builtin.h"
#include "shell/out.h"
#include "shell/var.h"

/** A walk along a list of directories. */
struct search {
	const char *name;
	size_t namelen;
	int mode;      /* X_OK or R_OK: what must be allowed */
	bool denied;   /* a file was found whose mode forbids it */
	bool absolute; /* the result does not depend on the directory */
	char path[PATH_MAX];
};

/** Is the file PATH regular and may it be used as MODE says? */
static bool usable(const char *path, int mode, bool *denied)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return false;
	if (!S_ISREG(st.st_mode) && (mode == X_OK || S_ISDIR(st.st_mode)))
		return false;
	if (faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0)
		return true;
	*denied = true;
	return false;
}

/** Try the directory DIR (LEN bytes; none means the current one). */
static bool search_in(struct search *s, const char *dir, size_t len)
{
	size_t n = len;

	/* Longer names cannot be opened: they do not exist. */
	if (len + 1 + s->namelen >= sizeof(s->path))
		return false;
	s->absolute = len && dir[0] == '/';
	memcpy(s->path, dir, len);
	if (n && s->path[n - 1] != '/')
		s->path[n++] = '/';
	memcpy(s->path + n, s->name, s->namelen + 1);
	return usable(s->path, s->mode, &s->denied);
}

/** Look for NAME along PATH (may be NULL); the file is in s->path. */
static bool search(
        struct search *s, const char *name, int mode, const char *path)
{
	s->name = name;
	s->namelen = strlen(name);
	s->mode = mode;
	s->denied = false;
	if (!path || !s->namelen)
		return false;
	for (;;) {
		size_t len = strcspn(path, ":");

		if (search_in(s, path, len))
			return true;
		if (!path[len])
			return false;
		path += len + 1;
	}
}

static const char *keep(struct task *t, const char *path)
{
	return arena_strndup(&t->scratch, path, strlen(path));
}

static void remember(struct sym *sym, const char *path)
{
	free(sym->path);
	sym->path = xstrdup(path);
	sym->hits = 1;
}

/** A name with a slash names the file itself. */
static const char *find_file(const char *name, int *status)
{
	struct stat st;

	*status = 127;
	if (stat(name, &st) < 0) {
		if (errno == EACCES)
			*status = 126;
		return NULL;
	}
	*status = 126;
	if (S_ISDIR(st.st_mode) ||
	        faccessat(AT_FDCWD, name, X_OK, AT_EACCESS) < 0)
		return NULL;
	*status = 0;
	return name;
}

const char *command_find(
        struct task *t, const char *name, bool hash, int *status)
{
	struct shell *sh = t->sh;
	size_t len = strlen(name);
	struct search s;
	struct sym *sym;

	if (memchr(name, '/', len))
		return find_file(name, status);
	sym = sym_find(&sh->syms, name, len);
	if (sym && sym->path) {
		if (faccessat(AT_FDCWD, sym->path, X_OK, AT_EACCESS) == 0) {
			sym->hits += hash;
			*status = 0;
			return sym->path;
		}
		free(sym->path);
		sym->path = NULL;
	}
	if (!search(&s, name, X_OK, var_get(t, sh->known.path, NULL))) {
		*status = s.denied ? 126 : 127;
		return NULL;
	}
	*status = 0;
	if (hash && s.absolute) {
		if (!sym)
			sym = sym_intern(&sh->syms, name, len);
		remember(sym, s.path);
		return sym->path;
	}
	return keep(t, s.path);
}

const char *command_find_default(struct task *t, const char *name)
{
	struct search s;
	size_t size = confstr(_CS_PATH, NULL, 0);
	char *path;
	int status;

	if (strchr(name, '/'))
		return find_file(name, &status);
	path = arena_alloc(&t->scratch, size + 1);
	path[0] = '\0';
	confstr(_CS_PATH, path, size);
	return search(&s, name, X_OK, path) ? keep(t, s.path) : NULL;
}

const char *command_find_readable(struct task *t, const char *name)
{
	struct search s;

	if (!search(&s, name, R_OK, var_get(t, t->sh->known.path, NULL)))
		return NULL;
	return keep(t, s.path);
}

void command_forget(struct shell *sh)
{
	for (size_t i = 0; i < sh->syms.nbucket; i++) {
		struct sym *sym;

		for (sym = sh->syms.bucket[i]; sym; sym = sym->next) {
			free(sym->path);
			sym->path = NULL;
			sym->hits = 0;
		}
	}
}

static bool in_list(const char *const *list, const char *name, size_t len)
{
	for (; *list; list++) {
		if (strncmp(*list, name, len) == 0 && !(*list)[len])
			return true;
	}
	return false;
}

bool reserved_word(const char *name, size_t len)
{
	static const char *const words[] = {"!", "{", "}", "case", "do", "done",
	        "elif", "else", "esac", "fi", "for", "if", "in", "then",
	        "until", "while", NULL};

	return len > 0 && len <= 5 && in_list(words, name, len);
}

/**
 * Is B one of the builtins that stand for a program which must be found
 * along PATH? The others are intrinsic (XCU 1.7) or not POSIX's.
 */
static bool stands_for_program(const struct builtin *b)
{
	static const char *const names[] = {
	        "[", "echo", "false", "printf", "pwd", "test", "true", NULL};

	return in_list(names, b->name, strlen(b->name));
}

static const char *find(struct task *t, const char *name, bool default_path)
{
	int status;

	return default_path ? command_find_default(t, name)
	                    : command_find(t, name, false, &status);
}

/** Print PATH, made absolute. */
static void print_path(struct task *t, const char *path)
{
	char *cwd = NULL;

	if (path[0] != '/') {
		cwd = getcwd(NULL, 0);
		if (cwd) {
			out_str(t, cwd);
			out_ch(t, '/');
		}
		free(cwd);
	}
	out_str(t, path);
}

static void describe_alias(struct task *t, const struct alias *a, bool verbose)
{
	struct strbuf sb = STRBUF_INIT;

	if (verbose) {
		out_printf(t, "%s is an alias for %s\n", a->name, a->value);
		return;
	}
	strbuf_add_quoted(&sb, a->value);
	out_printf(t, "alias %s%s=", a->name[0] == '-' ? "-- " : "", a->name);
	out_write(t, sb.buf, sb.len);
	out_ch(t, '\n');
	strbuf_release(&sb);
}

static void describe_builtin(struct task *t, const struct builtin *b,
        bool verbose, bool default_path)
{
	const char *path = NULL;

	if (stands_for_program(b))
		path = find(t, b->name, default_path);
	if (!verbose) {
		if (path)
			print_path(t, path);
		else
			out_str(t, b->name);
	} else {
		out_printf(t, "%s is a %s", b->name,
		        b->flags & BUILTIN_SPECIAL ? "special shell builtin"
		                                   : "shell builtin");
		if (path) {
			out_str(t, " for ");
			print_path(t, path);
		}
	}
	out_ch(t, '\n');
}

static void describe_word(
        struct task *t, const char *name, bool verbose, const char *what)
{
	out_str(t, name);
	if (verbose)
		out_printf(t, " is a %s", what);
	out_ch(t, '\n');
}

bool command_describe(
        struct task *t, const char *name, bool verbose, bool default_path)
{
	size_t len = strlen(name);
	const struct alias *a = alias_find(t->sh, name, len);
	const struct sym *sym = sym_find(&t->sh->syms, name, len);
	const struct builtin *b = sym ? sym->builtin : NULL;
	const char *path;

	if (a) {
		describe_alias(t, a, verbose);
	} else if (reserved_word(name, len)) {
		describe_word(t, name, verbose, "reserved word");
	} else if (b && b->flags & BUILTIN_SPECIAL) {
		describe_word(t, name, verbose, "special shell builtin");
	} else if (sym && sym->func) {
		describe_word(t, name, verbose, "function");
	} else if (b) {
		describe_builtin(t, b, verbose, default_path);
	} else {
		path = find(t, name, default_path);
		if (!path)
			return false;
		if (verbose)
			out_printf(t, "%s is ", name);
		print_path(t, path);
		out_ch(t, '\n');
	}
	return true;
}
