/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>

#include "builtins/escape.h"

static int run(struct task *t, int argc, char **argv)
{
	struct strbuf *out = &t->out;
	int i = 1;
	bool newline = true;

	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		newline = false;
		i = 2;
	}
	for (; i < argc; i++) {
		size_t len = strlen(argv[i]);
		if (!memchr(argv[i], '\\', len))
			strbuf_add(out, argv[i], len);
		else if (!escape_add_all(out, argv[i]))
			return 0;
		if (i + 1 < argc)
			strbuf_addch(out, ' ');
	}
	if (newline)
		strbuf_addch(out, '\n');
	return 0;
}

const struct builtin builtin_echo = {
        .name = "echo",
        .flags = BUILTIN_PURE | BUILTIN_NOOPTS,
        .run = run,
        .synopsis = "echo [-n] [string ...]",
        .summary = "write the strings, separated by spaces, and a newline",
        .help = "-n  no newline at the end\n"
                "\n"
                "Escape sequences: \\a \\b \\c (end all output here) \\e \\f "
                "\\n \\r \\t \\v\n"
                "\\\\ and \\0NNN, the byte with the octal number NNN.\n"
                "printf is the portable way to write arbitrary strings.",
};
