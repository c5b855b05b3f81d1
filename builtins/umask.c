/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>
#include <sys/stat.h>

#include "shell/diag.h"
#include "shell/out.h"

enum {
	ALL = 0777,
	READ = 0444,
	WRITE = 0222,
	SEARCH = 0111
};

static void print_symbolic(struct task *t, mode_t mask)
{
	static const char who[] = "ugo";
	for (int i = 0; i < 3; i++) {
		mode_t allowed = ~mask >> (6 - 3 * i);
		out_printf(t, "%s%c=%s%s%s", i ? "," : "", who[i],
		        allowed & 4 ? "r" : "", allowed & 2 ? "w" : "",
		        allowed & 1 ? "x" : "");
	}
	out_ch(t, '\n');
}

/** The bits of the letters in "ugoa" at *S. */
static mode_t parse_who(const char **s)
{
	mode_t who = 0;
	for (;; (*s)++) {
		if (**s == 'u')
			who |= 0700;
		else if (**s == 'g')
			who |= 0070;
		else if (**s == 'o')
			who |= 0007;
		else if (**s == 'a')
			who |= ALL;
		else
			return who ? who : ALL;
	}
}

/** The permissions at *S for everybody: letters, or a copy of MODE's. */
static mode_t parse_permissions(const char **s, mode_t mode)
{
	mode_t perm = 0;
	if (**s && strchr("ugo", **s)) {
		perm = mode >> (**s == 'u' ? 6 : **s == 'g' ? 3 : 0) & 7;
		(*s)++;
		return perm * 0111;
	}
	for (;; (*s)++) {
		if (**s == 'r')
			perm |= READ;
		else if (**s == 'w')
			perm |= WRITE;
		else if (**s == 'x' || (**s == 'X' && (mode & SEARCH)))
			perm |= SEARCH;
		else if (!**s || !strchr("Xst", **s))
			return perm;
	}
}

/** Apply the symbolic mode S (as for chmod) to *MODE. */
static bool parse_symbolic(const char *s, mode_t *mode)
{
	for (;;) {
		mode_t who = parse_who(&s);
		if (!*s || !strchr("+-=", *s))
			return false;
		while (*s && strchr("+-=", *s)) {
			char op = *s++;
			mode_t perm = parse_permissions(&s, *mode) & who;
			if (op == '+')
				*mode |= perm;
			else if (op == '-')
				*mode &= ~perm;
			else
				*mode = (*mode & ~who) | perm;
		}
		if (!*s)
			return true;
		if (*s++ != ',')
			return false;
	}
}

static bool parse_mask(const char *s, mode_t *mask)
{
	if (*s < '0' || *s > '9') {
		mode_t mode = ~*mask & ALL;
		if (!parse_symbolic(s, &mode))
			return false;
		*mask = ~mode & ALL;
		return true;
	}
	*mask = 0;
	for (; *s; s++) {
		if (*s < '0' || *s > '7' || *mask > ALL)
			return false;
		*mask = *mask * 8 + (mode_t)(*s - '0');
	}
	*mask &= ALL;
	return true;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool symbolic = false;

	/* "-w" may be a mode: take away the permission to write */
	while (argv[scan.i] && argv[scan.i][0] == '-' &&
	        (argv[scan.i][1] == 'S' || argv[scan.i][1] == '-')) {
		int c = opt_next(t, &scan, "S");
		if (c == '?')
			return 2;
		if (c == 0)
			break;
		symbolic = true;
	}
	if (argc > scan.i + 1)
		return builtin_error(
		        t, 2, "%s: too many arguments", argv[scan.i + 1]);

	mode_t mask = umask(0);
	umask(mask);
	if (scan.i < argc) {
		if (!parse_mask(argv[scan.i], &mask))
			return builtin_error(
			        t, 2, "%s: not a mode", argv[scan.i]);
		umask(mask);
	} else if (symbolic) {
		print_symbolic(t, mask);
	} else {
		out_printf(t, "%04o\n", (unsigned)mask);
	}
	return 0;
}

const struct builtin builtin_umask = {
        .name = "umask",
        .run = run,
        .synopsis = "umask [-S] [mask]",
        .summary = "print or set the permissions new files do not get",
        .help = "-S  print the permissions they get, as in u=rwx,g=rx,o=rx\n"
                "\n"
                "The mask is an octal number or a symbolic mode as for chmod.",
};
