/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <sys/resource.h>

#include "shell/diag.h"
#include "shell/out.h"

static void print_time(struct task *t, struct timeval tv, char after)
{
	out_printf(t, "%ldm%ld.%06lds%c", (long)(tv.tv_sec / 60),
	        (long)(tv.tv_sec % 60), (long)tv.tv_usec, after);
}

static int run(struct task *t, int argc, char **argv)
{
	static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	int i = opt_none(t, argv);

	if (i < 0)
		return 2;
	if (i < argc)
		return builtin_error(t, 2, "%s: unexpected operand", argv[i]);
	for (i = 0; i < 2; i++) {
		struct rusage ru = {0};

		getrusage(whose[i], &ru);
		print_time(t, ru.ru_utime, ' ');
		print_time(t, ru.ru_stime, '\n');
	}
	return 0;
}

const struct builtin builtin_times = {
        .name = "times",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "times",
        .summary =
                "print the processor time used by the shell and its children",
        .help = "The first line is the shell's user and system time, the "
                "second line\nthat of the children it has waited for.",
};
