/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/job.h"

#include <errno.h>
#include <string.h>

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/out.h"

static int resume(struct task *t, const char *spec)
{
	struct job *j = job_find(t, spec);

	if (!j)
		return 1;
	if (!(j->flags & JOB_CONTROL))
		return builtin_error(
		        t, 1, "%%%d: started without job control", j->id);
	if (job_state(j) == PROC_DONE)
		return builtin_error(t, 1, "%%%d: job has ended", j->id);
	if (job_continue(t, j, false) < 0)
		return builtin_error(t, 1, "%%%d: %s", j->id, strerror(errno));
	out_printf(t, "[%d] %s &\n", j->id, j->text ? j->text : "");
	if (j->nproc)
		t->sh->last_bg = j->proc[j->nproc - 1].pid;
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv), status = 0;

	if (i < 0)
		return 2;
	if (!jobs_control(t->sh))
		return builtin_error(t, 1, "no job control");
	jobs_poll(t->sh);
	if (i == argc)
		return resume(t, "%+");
	for (; i < argc; i++)
		if (resume(t, argv[i]) != 0)
			status = 1;
	return status;
}

const struct builtin builtin_bg = {
        .name = "bg",
        .run = run,
        .synopsis = "bg [job...]",
        .summary = "continue stopped jobs in the background",
        .help = "Without an operand it is the current job, %+.",
};
