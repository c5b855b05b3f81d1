/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/job.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/fd.h"
#include "shell/out.h"

static int run(struct task *t, int argc, char **argv)
{
	struct job *j;
	bool suspended;
	int status, i = opt_none(t, argv);

	if (i < 0)
		return 2;
	if (!jobs_control(t->sh))
		return builtin_error(t, 1, "no job control");
	if (argc - i > 1)
		return builtin_error(
		        t, 2, "%s: too many operands", argv[i + 1]);
	jobs_poll(t->sh);
	j = job_find(t, i < argc ? argv[i] : "%+");
	if (!j)
		return 1;
	if (!(j->flags & JOB_CONTROL))
		return builtin_error(
		        t, 1, "%%%d: started without job control", j->id);
	out_printf(t, "%s\n", j->text ? j->text : "");
	if (out_flush(t) < 0)
		return 1;
	if (job_continue(t, j, true) < 0)
		return builtin_error(t, 1, "%%%d: %s", j->id, strerror(errno));
	status = job_wait_foreground(t, j, &suspended);
	if (suspended && jobs_report(t->sh))
		fd_write(t, STDERR_FILENO, "\n", 1); /* after ^Z */
	return status;
}

const struct builtin builtin_fg = {
        .name = "fg",
        .run = run,
        .synopsis = "fg [job]",
        .summary = "continue a job in the foreground",
        .help = "Without an operand it is the current job, %+.",
};
