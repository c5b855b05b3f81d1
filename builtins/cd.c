/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/diag.h"
#include "shell/out.h"
#include "shell/var.h"

/** One call; the steps are those of the standard's description of cd. */
struct change {
	struct task *t;
	const char *operand;
	struct strbuf path; /* curpath */
	bool physical;      /* -P */
	bool checked;       /* -e */
	bool print;         /* the new directory, when it is done */
	int failure;        /* status of an error: -e -P keeps 1 for itself */
};

static bool is_dot(const char *s, size_t len)
{
	return len == 1 && s[0] == '.';
}

static bool is_dot_dot(const char *s, size_t len)
{
	return len == 2 && s[0] == '.' && s[1] == '.';
}

/**
 * Open the directory PATH piece by piece, so that it may be longer than
 * PATH_MAX. A descriptor, or -1 with errno.
 */
static int open_long(const char *path)
{
	size_t len = strlen(path);
	char piece[PATH_MAX];
	int fd = AT_FDCWD;

	while (len) {
		size_t n = len;
		int next, err;

		if (n >= sizeof(piece)) {
			n = sizeof(piece) - 1;
			while (n && path[n] != '/')
				n--;
		}
		memcpy(piece, path, n);
		piece[n] = '\0';
		next = openat(fd, piece, O_PATH | O_DIRECTORY | O_CLOEXEC);
		err = errno;
		if (fd >= 0)
			close(fd);
		if (next < 0) {
			errno = n ? err : ENAMETOOLONG;
			return -1;
		}
		fd = next;
		n += strspn(path + n, "/");
		path += n;
		len -= n;
	}
	return fd;
}

static bool is_directory(const char *path)
{
	struct stat st;
	int fd;

	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		errno = ENOTDIR;
		return false;
	}
	if (errno != ENAMETOOLONG)
		return false;
	fd = open_long(path);
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static void join(struct strbuf *sb, const char *name)
{
	if (sb->len && sb->buf[sb->len - 1] != '/')
		strbuf_addch(sb, '/');
	strbuf_addstr(sb, name);
}

/** Steps 3 to 6: the directory meant, along CDPATH. */
static void find_directory(struct change *c)
{
	const char *op = c->operand;
	const char *list = var_get(c->t, c->t->sh->known.cdpath, NULL);
	size_t first = strcspn(op, "/");

	if (op[0] != '/' && !is_dot(op, first) && !is_dot_dot(op, first)) {
		while (list && *list) {
			size_t len = strcspn(list, ":");

			strbuf_reset(&c->path);
			strbuf_add(&c->path, len ? list : ".", len ? len : 1);
			join(&c->path, op);
			if (is_directory(c->path.buf)) {
				c->print = c->print || len;
				return;
			}
			list += len;
			list += *list == ':';
		}
	}
	strbuf_reset(&c->path);
	strbuf_addstr(&c->path, op);
}

/** Remove the last component of OUT, a pathname without dots. */
static void drop_component(struct strbuf *out)
{
	size_t len = out->len;

	while (len > 1 && out->buf[len - 1] != '/')
		len--;
	if (len > 1)
		len--;
	strbuf_setlen(out, len);
}

/**
 * Step 8: remove dot and dot-dot components and needless slashes. What
 * precedes a dot-dot must be a directory. 0, or -1 with errno.
 */
static int canonicalize(struct change *c)
{
	struct strbuf out = STRBUF_INIT;
	const char *p = c->path.buf;
	int err = 0;

	/* Two slashes at the start may mean something else than one. */
	strbuf_addstr(&out, p[1] == '/' && p[2] != '/' ? "//" : "/");
	while (*p && !err) {
		size_t len;

		p += strspn(p, "/");
		len = strcspn(p, "/");
		if (is_dot_dot(p, len)) {
			if (!is_directory(out.buf))
				err = errno;
			drop_component(&out);
		} else if (len && !is_dot(p, len)) {
			if (out.buf[out.len - 1] != '/')
				strbuf_addch(&out, '/');
			strbuf_add(&out, p, len);
		}
		p += len;
	}
	strbuf_release(&c->path);
	c->path = out;
	errno = err;
	return err ? -1 : 0;
}

/** Step 7: make the path absolute. */
static void make_absolute(struct change *c)
{
	const char *pwd = var_get(c->t, c->t->sh->known.pwd, NULL);
	struct strbuf out = STRBUF_INIT;
	char *cwd = NULL;

	if (c->path.buf[0] == '/')
		return;
	if (!pwd || pwd[0] != '/')
		pwd = cwd = getcwd(NULL, 0);
	if (!pwd)
		return;
	strbuf_addstr(&out, pwd);
	join(&out, c->path.buf);
	free(cwd);
	strbuf_release(&c->path);
	c->path = out;
}

/** Step 10, for paths of any length. 0, or -1 and errno. */
static int change_directory(const char *path)
{
	int fd, r, err;

	r = chdir(path);
	if (r == 0 || errno != ENAMETOOLONG)
		return r;
	fd = open_long(path);
	if (fd < 0)
		return -1;
	r = fchdir(fd);
	err = errno;
	close(fd);
	errno = err;
	return r;
}

/** Tell and remember where we are. Returns the status. */
static int arrived(struct change *c)
{
	struct task *t = c->t;
	const struct known_syms *k = &t->sh->known;
	const char *old = var_get(t, k->pwd, NULL);
	char *cwd = NULL;
	int status = 0;

	if (c->physical || c->path.buf[0] != '/') {
		cwd = getcwd(NULL, 0);
		if (!cwd && c->checked)
			status = builtin_error(
			        t, 1, "current directory: %s", strerror(errno));
	}
	if (old && var_set_str(t, k->oldpwd, old) < 0)
		status = 1;
	if (var_set_str(t, k->pwd, cwd ? cwd : c->path.buf) < 0)
		status = 1;
	if (c->print)
		out_printf(t, "%s\n", cwd ? cwd : c->path.buf);
	free(cwd);
	return status;
}

static int change(struct change *c)
{
	int r = 0;

	find_directory(c);
	if (!c->physical) {
		make_absolute(c);
		if (c->path.buf[0] == '/')
			r = canonicalize(c);
	}
	if (r == 0)
		r = change_directory(c->path.buf);
	if (r < 0)
		return builtin_error(c->t, c->failure, "%s: %s", c->operand,
		        strerror(errno));
	return arrived(c);
}

/** Where to go without an operand (HOME) and for "-" (OLDPWD). */
static int default_operand(struct change *c, const char *operand)
{
	const struct known_syms *k = &c->t->sh->known;

	c->operand = operand;
	if (!operand) {
		c->operand = var_get(c->t, k->home, NULL);
		if (!c->operand || !*c->operand)
			return builtin_error(c->t, c->failure, "HOME: not set");
	} else if (!strcmp(operand, "-")) {
		c->operand = var_get(c->t, k->oldpwd, NULL);
		if (!c->operand || !*c->operand)
			return builtin_error(
			        c->t, c->failure, "OLDPWD: not set");
		c->print = true;
	} else if (!*operand) {
		return builtin_error(
		        c->t, c->failure, "the directory's name is empty");
	}
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	struct change c = {.t = t, .path = STRBUF_INIT, .failure = 1};
	int opt, status;

	while ((opt = opt_next(t, &scan, "LPe")) != 0) {
		if (opt == '?')
			return 2;
		if (opt == 'e')
			c.checked = true;
		else
			c.physical = opt == 'P';
	}
	if (argc - scan.i > 1)
		return builtin_error(t, 2, "too many operands");
	c.checked = c.checked && c.physical;
	c.failure = c.checked ? 2 : 1;
	status = default_operand(&c, argv[scan.i]);
	if (status == 0)
		status = change(&c);
	strbuf_release(&c.path);
	return status;
}

const struct builtin builtin_cd = {
        .name = "cd",
        .run = run,
        .synopsis = "cd [-L|-P [-e]] [directory]",
        .summary = "change the current directory",
        .help = "-L  follow .. by its name, before symbolic links (the "
                "default)\n"
                "-P  follow symbolic links first\n"
                "-e  with -P: fail with status 1 when the new directory's "
                "name\n"
                "    cannot be told\n"
                "Without an operand: to $HOME; \"-\" means $OLDPWD.\n",
};
