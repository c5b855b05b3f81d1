/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/job.h"

#include <errno.h>
#include <stdlib.h>

#include "shell/builtin.h"
#include "shell/diag.h"

enum {
	UNKNOWN = 127
};

/* Wait for J; PID is the process meant, 0 for the job as a whole. */
static int wait_job(struct task *t, struct job *j, pid_t pid, bool *interrupted)
{
	int signo, i, status = job_wait(t, j, &signo);

	if (status < 0) {
		*interrupted = true;
		return 128 + signo;
	}
	if (job_state(j) != PROC_DONE)
		return status;
	for (i = 0; pid && i < j->nproc - 1; i++)
		if (j->proc[i].pid == pid)
			status = proc_status(j->proc[i].wstatus);
	job_remove(t->sh, j);
	return status;
}

/* Wait for all jobs; a stopped one would keep us for ever. */
static int wait_all(struct task *t)
{
	struct job *j, *next;
	bool interrupted = false;

	for (j = jobs_first(t->sh); j; j = next) {
		int status = 0;

		next = j->next;
		if (job_is_ours(j))
			status = wait_job(t, j, 0, &interrupted);
		if (interrupted)
			return status;
	}
	jobs_forget_past(t->sh);
	return 0;
}

static int wait_operand(struct task *t, const char *arg, bool *interrupted)
{
	struct job *j;
	char *end;
	long pid;

	if (*arg == '%') {
		j = job_find(t, arg);
		if (!j || !job_is_ours(j))
			return UNKNOWN;
		return wait_job(t, j, 0, interrupted);
	}
	errno = 0;
	pid = strtol(arg, &end, 10);
	if (*arg < '0' || *arg > '9' || *end)
		return builtin_error(
		        t, 2, "%s: not a process id or a job", arg);
	if (errno || (pid_t)pid != pid)
		return UNKNOWN;
	j = job_by_pid(t->sh, (pid_t)pid);
	/* a foreground pipeline being set up is not for wait */
	if (!j || !(j->flags & (JOB_KNOWN | JOB_PAST)))
		return UNKNOWN;
	return wait_job(t, j, (pid_t)pid, interrupted);
}

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv), status = 0;
	bool interrupted = false;

	if (i < 0)
		return 2;
	if (i == argc)
		return wait_all(t);
	for (; i < argc && !interrupted; i++)
		status = wait_operand(t, argv[i], &interrupted);
	return status;
}

const struct builtin builtin_wait = {
        .name = "wait",
        .run = run,
        .synopsis = "wait [pid|job...]",
        .summary = "wait for background jobs and return the last one's status",
        .help = "Without operands it waits for all of them. A signal with a "
                "trap ends the\nwait with a status above 128.",
};
