/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/table.h"

#include <errno.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/signal.h"
#include "shell/fd.h"
#include "shell/trap.h"

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
 * A wait that signals end: they are blocked but while sigsuspend() or
 * ppoll() waits, so that one that arrives after the flags were looked at
 * still ends it.
 */
struct waiting {
	sigset_t old;
	sigset_t open; /* the mask to wait with */
};

static void waiting_begin(struct waiting *w, bool for_children)
{
	signal_block_all(&w->old);
	w->open = w->old;
	if (!for_children)
		return;
	sigdelset(&w->open, SIGCHLD);
	signal_wake_on_child(true);
}

static void waiting_end(const struct waiting *w)
{
	signal_wake_on_child(false);
	signal_restore_mask(&w->old);
}

/* Reap what there is; false when there are no children. */
static bool reap_all(struct shell *sh, int options)
{
	pid_t pid;

	do
		pid = reap_one(sh->jobs, options | WNOHANG);
	while (pid > 0);
	return pid == 0;
}

static int wait_interruptible(struct shell *sh, struct job *j)
{
	struct waiting w;
	int signo = 0;

	waiting_begin(&w, true);
	for (;;) {
		bool children;

		/* what came before the job's end counts; its own SIGCHLD
		   does not */
		signo = signal_first_pending();
		if (signo && signo != SIGCHLD)
			break;
		children = reap_all(sh, reap_options(sh));
		if (job_state(j) != PROC_RUNNING) {
			signo = 0;
			break;
		}
		if (signo)
			break;
		if (children)
			sigsuspend(&w.open);
		else
			job_lost(j);
	}
	waiting_end(&w);
	return signo;
}

/* SIGHUP without a trap ends an interactive shell whatever it waits for. */
static void obey_hangup(struct shell *sh, const struct job *foreground)
{
	if (!signal_is_pending(SIGHUP) || trap_is_set(sh, SIGHUP))
		return;
	if (foreground->flags & JOB_CONTROL)
		kill(-foreground->pgid, SIGHUP);
	jobs_hangup(sh);
}

void reap_job_interactive(struct task *t, struct job *j)
{
	struct shell *sh = t->sh;
	struct waiting w;
	int options = reap_options(sh);

	if (j->flags & JOB_CONTROL)
		options |= WUNTRACED | WCONTINUED;
	waiting_begin(&w, true);
	for (;;) {
		bool children = reap_all(sh, options);

		if (job_state(j) != PROC_RUNNING)
			break;
		obey_hangup(sh, j);
		if (opt_on(sh, OPT_NOTIFY))
			jobs_notify(t);
		if (children)
			sigsuspend(&w.open);
		else
			job_lost(j);
	}
	waiting_end(&w);
}

/* set -b: report at once, on lines of their own. */
static bool notify_now(struct task *t)
{
	if (!opt_on(t->sh, OPT_NOTIFY))
		return false;
	jobs_poll(t->sh);
	if (!jobs_have_news(t->sh))
		return false;
	fd_write(t, STDERR_FILENO, "\n", 1);
	jobs_notify(t);
	return true;
}

enum job_wake jobs_wait_input(struct task *t, int fd)
{
	struct pollfd pfd = {.fd = fd, .events = POLLIN};
	enum job_wake why = JOB_WAKE_INPUT;
	struct waiting w;
	int r;

	waiting_begin(&w, opt_on(t->sh, OPT_NOTIFY));
	do {
		r = 0;
		if (signal_first_pending())
			why = JOB_WAKE_SIGNAL;
		else if (notify_now(t))
			why = JOB_WAKE_NOTIFIED;
		else
			r = ppoll(&pfd, 1, NULL, &w.open);
	} while (r < 0 && errno == EINTR);
	waiting_end(&w);
	return why;
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
