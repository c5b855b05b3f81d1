/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/count.h"

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/number.h"

int count_operand(struct task *t, int argc, char **argv, int least, int *n)
{
	int i = opt_none(t, argv);

	if (i < 0)
		return -1;
	if (i == argc)
		return 0;
	if (argc - i > 1) {
		builtin_error(t, 2, "%s: too many operands", argv[i + 1]);
		return -1;
	}
	*n = number_parse(argv[i]);
	if (*n >= least)
		return 1;
	builtin_error(t, 2, "%s: not a %snumber", argv[i],
	        least > 0 && *n == 0 ? "positive " : "");
	return -1;
}
