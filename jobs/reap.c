/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/table.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/signal.h"

/* The only waitpid() of the program. */
static pid_t wait_child(pid_t pid, int *wstatus, int options)
{
	pid_t r;

	do
		r = waitpid(pid, wstatus, options);
	while (r < 0 && errno == EINTR);
	return r;
}

pid_t reap_one(struct jobs *js, int options)
{
	int wstatus = 0;
	pid_t pid = wait_child(-1, &wstatus, options);

	if (pid > 0)
		job_record(js, pid, wstatus);
	return pid;
}

/* Stops matter only to a shell that can continue the job. */
static int reap_options(const struct shell *sh)
{
	return jobs_control(sh) ? WUNTRACED | WCONTINUED : 0;
}

/* The processes of J are gone and nobody knows how they ended. */
static void job_lost(struct job *j)
{
	int i;

	for (i = 0; i < j->nproc; i++) {
		struct proc *p = &j->proc[i];
		if (p->state == PROC_DONE)
			continue;
		job_record(j->jobs, p->pid, W_EXITCODE(127, 0));
		p->state = PROC_DONE; /* even if the id is another job's */
	}
}

void reap_job(struct shell *sh, struct job *j)
{
	int options = reap_options(sh);

	if (j->flags & JOB_CONTROL)
		options |= WUNTRACED | WCONTINUED;
	while (job_state(j) == PROC_RUNNING)
		if (reap_one(sh->jobs, options) < 0)
			job_lost(j);
}

int job_wait_pid(struct task *t, pid_t pid, int *wstatus)
{
	t->sh->file_generation++;
	return wait_child(pid, wstatus, 0) < 0 ? -1 : 0;
}

void jobs_poll(struct shell *sh)
{
	int options = reap_options(sh) | WNOHANG;

	while (reap_one(sh->jobs, options) > 0)
		;
}

/*
 * Signals are blocked but while sigsuspend() waits, so one that arrives
 * after the flags were looked at still ends the wait.
 */
static int wait_interruptible(struct shell *sh, struct job *j)
{
	sigset_t old, open;
	int signo = 0;
	int options = reap_options(sh) | WNOHANG;

	signal_block_all(&old);
	open = old;
	sigdelset(&open, SIGCHLD);
	signal_wake_on_child(true);
	for (;;) {
		pid_t pid;

		do
			pid = reap_one(sh->jobs, options);
		while (pid > 0);
		if (job_state(j) != PROC_RUNNING)
			break;
		signo = signal_first_pending();
		if (signo)
			break;
		if (pid < 0)
			job_lost(j);
		else
			sigsuspend(&open);
	}
	signal_wake_on_child(false);
	signal_restore_mask(&old);
	return signo;
}

int job_wait(struct task *t, struct job *j, int *signo)
{
	struct shell *sh = t->sh;

	sh->file_generation++;
	*signo = 0;
	if (job_state(j) == PROC_RUNNING) {
		if (signal_catching())
			*signo = wait_interruptible(sh, j);
		else
			reap_job(sh, j);
	}
	return *signo ? -1 : job_status(j);
}
