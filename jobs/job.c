/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/table.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/signal.h"
#include "jobs/tty.h"
#include "shell/base/xalloc.h"
#include "shell/diag.h"
#include "shell/fd.h"
#include "shell/trap.h"

enum {
	PAST_MAX = 16384,  /* statuses remembered for wait */
	KNOWN_MAX = 16384, /* finished jobs a script need not wait for */
	POLL_EVERY = 64,   /* jobs started before zombies are collected */
};

void jobs_init(struct shell *sh)
{
	sh->jobs = xcalloc(1, sizeof(*sh->jobs));
}

void job_free(struct job *j)
{
	if (j->proc != &j->one)
		free(j->proc);
	free(j->text);
	free(j);
}

static void list_free(struct job_list *list)
{
	struct job *j, *next;

	for (j = list->first; j; j = next) {
		next = j->next;
		job_free(j);
	}
	list->first = list->last = NULL;
}

static void list_add(struct job_list *list, struct job *j)
{
	j->next = NULL;
	j->prev = list->last;
	if (list->last)
		list->last->next = j;
	else
		list->first = j;
	list->last = j;
}

static void list_remove(struct job_list *list, struct job *j)
{
	if (j->prev)
		j->prev->next = j->next;
	else
		list->first = j->next;
	if (j->next)
		j->next->prev = j->prev;
	else
		list->last = j->prev;
}

void jobs_free(struct shell *sh)
{
	struct jobs *js = sh->jobs;

	if (!js)
		return;
	list_free(&js->known);
	list_free(&js->past);
	free(js->pids);
	free(js);
	sh->jobs = NULL;
}

void jobs_enter_subshell(struct shell *sh)
{
	struct jobs *js = sh->jobs;

	if (js->pids)
		memset(js->pids, 0, js->npids * sizeof(*js->pids));
	js->pids_used = 0;
	list_free(&js->past);
	js->npast = 0;
	js->ndone = 0;
	js->parents = js->known.first != NULL;
}

/* The subshell starts a job of its own: the parent's are forgotten. */
static void forget_parents(struct jobs *js)
{
	if (!js->parents)
		return;
	list_free(&js->known);
	js->parents = false;
	js->marked = false;
}

bool jobs_control(const struct shell *sh)
{
	return opt_on(sh, OPT_MONITOR) && !sh->subshell;
}

bool jobs_own_tty(const struct shell *sh)
{
	if (sh->tty < 0)
		return false;
	return opt_on(sh, OPT_INTERACTIVE) || tty_in_foreground(sh->tty);
}

bool jobs_report(const struct shell *sh)
{
	return opt_on(sh, OPT_INTERACTIVE) && !sh->subshell;
}

struct job *job_new(struct task *t, unsigned flags)
{
	struct shell *sh = t->sh;
	struct jobs *js = sh->jobs;
	struct job *j = xcalloc(1, sizeof(*j));

	sh->file_generation++;
	j->jobs = js;
	j->flags = flags;
	j->proc = &j->one;
	j->cap = 1;
	/* what the terminal goes back to when the job leaves it in a mess */
	if (jobs_report(sh) && sh->tty >= 0 &&
	        (flags & (JOB_CONTROL | JOB_ASYNC)) == JOB_CONTROL)
		js->modes_saved = tty_save(sh->tty, &js->modes) == 0;
	return j;
}

void job_add(struct job *j, pid_t pid)
{
	struct proc *p;

	if (j->nproc == j->cap) {
		j->cap *= 2;
		if (j->proc == &j->one) {
			j->proc = xmalloc(sizeof(*p) * (size_t)j->cap);
			j->proc[0] = j->one;
		} else {
			j->proc =
			        xrealloc(j->proc, sizeof(*p) * (size_t)j->cap);
		}
	}
	p = &j->proc[j->nproc++];
	*p = (struct proc){.pid = pid, .state = PROC_RUNNING};
	if (j->flags & JOB_CONTROL && !j->pgid)
		j->pgid = pid;
	pids_put(j->jobs, pid, j);
}

int proc_status(int wstatus)
{
	if (WIFSIGNALED(wstatus))
		return 128 + WTERMSIG(wstatus);
	if (WIFSTOPPED(wstatus))
		return 128 + WSTOPSIG(wstatus);
	return WEXITSTATUS(wstatus);
}

enum proc_state job_state(const struct job *j)
{
	enum proc_state state = PROC_DONE;
	int i;

	for (i = 0; i < j->nproc; i++) {
		if (j->proc[i].state == PROC_RUNNING)
			return PROC_RUNNING;
		if (j->proc[i].state == PROC_STOPPED)
			state = PROC_STOPPED;
	}
	return state;
}

int job_status(const struct job *j)
{
	enum proc_state state;
	int i, status = 0;

	if (j->nproc == 0)
		return 0;
	state = job_state(j);
	if (state == PROC_DONE && !(j->flags & JOB_PIPEFAIL))
		return proc_status(j->proc[j->nproc - 1].wstatus);
	for (i = 0; i < j->nproc; i++) {
		const struct proc *p = &j->proc[i];
		if (p->state == state && p->wstatus != 0)
			status = proc_status(p->wstatus);
	}
	return status;
}

pid_t job_leader(const struct job *j)
{
	return j->pgid ? j->pgid : j->proc[0].pid;
}

bool job_is_ours(const struct job *j)
{
	return !j->jobs->parents || !(j->flags & JOB_KNOWN);
}

/* Finished jobs of a script that never waits must not pile up. */
static void bound_known(struct jobs *js)
{
	struct job *j, *next;

	for (j = js->known.first; j && js->ndone > KNOWN_MAX; j = next) {
		next = j->next;
		if (job_state(j) == PROC_DONE)
			job_retire(js, j);
	}
}

static void set_state(struct proc *p, int wstatus)
{
	p->wstatus = wstatus;
	p->state = PROC_DONE;
	if (WIFSTOPPED(wstatus))
		p->state = PROC_STOPPED;
	else if (WIFCONTINUED(wstatus))
		p->state = PROC_RUNNING;
}

void job_record(struct jobs *js, pid_t pid, int wstatus)
{
	struct job *j = pids_get(js, pid);
	enum proc_state before, after;
	int i;

	if (!j)
		return;
	before = job_state(j);
	for (i = j->nproc - 1; i >= 0 && j->proc[i].pid != pid; i--)
		;
	if (i < 0)
		return;
	set_state(&j->proc[i], wstatus);
	after = job_state(j);
	if (after == before && after != PROC_STOPPED)
		return;
	j->flags &= ~(unsigned)JOB_NOTIFIED;
	js->marked = false;
	if (after == PROC_STOPPED)
		j->order = ++js->clock;
	if (after == PROC_DONE && j->flags & JOB_KNOWN)
		js->ndone++;
}

void job_enter(struct jobs *js, struct job *j)
{
	if (j->flags & JOB_KNOWN)
		return;
	forget_parents(js);
	j->id = js->known.last ? js->known.last->id + 1 : 1;
	j->flags |= JOB_KNOWN;
	j->order = ++js->clock;
	list_add(&js->known, j);
	js->marked = false;
	if (job_state(j) == PROC_DONE)
		js->ndone++;
}

/* Take J out of the list it is in. */
static void job_unlink(struct jobs *js, struct job *j)
{
	if (j->flags & JOB_KNOWN) {
		list_remove(&js->known, j);
		if (js->ndone && job_state(j) == PROC_DONE)
			js->ndone--;
		js->marked = false;
	} else if (j->flags & JOB_PAST) {
		list_remove(&js->past, j);
		js->npast--;
	}
	j->flags &= ~(unsigned)(JOB_KNOWN | JOB_PAST);
}

void job_remove(struct shell *sh, struct job *j)
{
	struct jobs *js = sh->jobs;
	int i;

	if (job_is_ours(j))
		for (i = 0; i < j->nproc; i++)
			if (pids_get(js, j->proc[i].pid) == j)
				pids_drop(js, j->proc[i].pid);
	job_unlink(js, j);
	job_free(j);
}

void job_retire(struct jobs *js, struct job *j)
{
	struct job *old = js->past.first;
	int i;

	job_unlink(js, j);
	free(j->text);
	j->text = NULL;
	j->flags |= JOB_PAST;
	list_add(&js->past, j);
	if (++js->npast <= PAST_MAX)
		return;
	for (i = 0; i < old->nproc; i++)
		if (pids_get(js, old->proc[i].pid) == old)
			pids_drop(js, old->proc[i].pid);
	job_unlink(js, old);
	job_free(old);
}

void jobs_forget_past(struct shell *sh)
{
	while (sh->jobs->past.first)
		job_remove(sh, sh->jobs->past.first);
}

void jobs_clean(struct shell *sh)
{
	struct jobs *js = sh->jobs;
	struct job *j, *next;

	if (js->parents)
		return;
	if (!jobs_report(sh)) {
		bound_known(js);
		return;
	}
	for (j = js->known.first; j; j = next) {
		next = j->next;
		if (j->flags & JOB_NOTIFIED && job_state(j) == PROC_DONE)
			job_retire(js, j);
	}
}

void job_start_background(struct task *t, struct job *j)
{
	struct shell *sh = t->sh;
	struct jobs *js = sh->jobs;

	job_enter(js, j);
	if (j->nproc)
		sh->last_bg = j->proc[j->nproc - 1].pid;
	if (jobs_report(sh)) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_addf(&sb, "[%d] %ld\n", j->id, (long)sh->last_bg);
		fd_write(t, STDERR_FILENO, sb.buf, sb.len);
		strbuf_release(&sb);
		return;
	}
	if (++js->started % POLL_EVERY == 0) {
		jobs_poll(sh);
		bound_known(js);
	}
}

/* An interactive shell tells of a death that the user did not ask for. */
static void report_death(struct task *t, int wstatus)
{
	int signo = WTERMSIG(wstatus);
	struct strbuf sb = STRBUF_INIT;

	if (signo == SIGINT && signal_is_pending(SIGINT))
		return; /* the main loop ends the line */
	if (signo != SIGINT && signo != SIGPIPE)
		strbuf_addstr(&sb, signal_text(signo));
	if (WCOREDUMP(wstatus))
		strbuf_addstr(&sb, " (core dumped)");
	if (signo != SIGPIPE)
		strbuf_addch(&sb, '\n');
	fd_write(t, STDERR_FILENO, sb.buf, sb.len);
	strbuf_release(&sb);
}

/* Take back the terminal, with the modes it had before a broken job. */
static void take_terminal(struct shell *sh, struct job *j, bool broken)
{
	struct jobs *js = sh->jobs;

	if (!(j->flags & JOB_TTY) || sh->tty < 0)
		return;
	j->flags &= ~(unsigned)JOB_TTY;
	tty_give(sh->tty, getpgrp());
	if (!broken || !js->modes_saved)
		return;
	if (job_state(j) == PROC_STOPPED && tty_save(sh->tty, &j->modes) == 0)
		j->flags |= JOB_TTY_SAVED;
	tty_restore(sh->tty, &js->modes);
}

/* The foreground job J ended or stopped. */
static void leave_foreground(struct task *t, struct job *j)
{
	struct shell *sh = t->sh;
	int last = j->nproc ? j->proc[j->nproc - 1].wstatus : 0;
	bool killed = WIFSIGNALED(last) && job_state(j) == PROC_DONE;
	bool control = jobs_control(sh) && j->flags & JOB_CONTROL;

	if (control)
		take_terminal(sh, j, killed || job_state(j) == PROC_STOPPED);
	if (!jobs_report(sh) || !killed)
		return;
	/* the terminal sent Ctrl-C to the job only: act as if to us too */
	if (control && WTERMSIG(last) == SIGINT && !trap_is_set(sh, SIGINT))
		signal_note(SIGINT);
	report_death(t, last);
}

int job_wait_foreground(struct task *t, struct job *j, bool *suspended)
{
	struct shell *sh = t->sh;
	bool stopped;
	int status;

	if (jobs_report(sh))
		reap_job_interactive(t, j);
	else
		reap_job(sh, j);
	status = job_status(j);
	stopped = job_state(j) == PROC_STOPPED;
	if (suspended)
		*suspended = stopped;
	if (j->flags & JOB_CONTROL || jobs_report(sh))
		leave_foreground(t, j);
	if (stopped)
		job_enter(sh->jobs, j);
	else
		job_remove(sh, j);
	return status;
}

void job_note_continued(struct job *j)
{
	int i;

	for (i = 0; i < j->nproc; i++)
		if (j->proc[i].state == PROC_STOPPED)
			j->proc[i].state = PROC_RUNNING;
	j->jobs->marked = false;
}

int job_continue(struct task *t, struct job *j, bool foreground)
{
	struct shell *sh = t->sh;
	struct jobs *js = sh->jobs;

	if (!(j->flags & JOB_CONTROL)) {
		errno = EPERM;
		return -1;
	}
	if (foreground && jobs_own_tty(sh)) {
		j->flags |= JOB_TTY;
		if (jobs_report(sh))
			js->modes_saved = tty_save(sh->tty, &js->modes) == 0;
		if (job_state(j) != PROC_DONE)
			tty_give(sh->tty, j->pgid);
		if (j->flags & JOB_TTY_SAVED)
			tty_restore(sh->tty, &j->modes);
	}
	j->flags &= ~(unsigned)JOB_TTY_SAVED;
	if (job_state(j) == PROC_DONE)
		return 0;
	if (kill(-j->pgid, SIGCONT) < 0) {
		int err = errno;
		if (j->flags & JOB_TTY)
			tty_give(sh->tty, getpgrp());
		errno = err;
		return -1;
	}
	job_note_continued(j);
	return 0;
}

static bool have_stopped(struct shell *sh)
{
	const struct job *j;

	if (sh->jobs->parents)
		return false;
	jobs_poll(sh);
	for (j = sh->jobs->known.first; j; j = j->next)
		if (job_state(j) == PROC_STOPPED)
			return true;
	return false;
}

bool jobs_refuse_exit(struct task *t)
{
	struct jobs *js = t->sh->jobs;

	if (!jobs_report(t->sh) || js->warned || !have_stopped(t->sh))
		return false;
	diag(t, "there are stopped jobs");
	js->warned = 2; /* this command, and the next */
	return true;
}

void jobs_forget_warning(struct shell *sh)
{
	if (sh->jobs->warned)
		sh->jobs->warned--;
}

void jobs_hangup(struct shell *sh)
{
	const struct job *j;
	sigset_t none;

	for (j = sh->jobs->known.first; j; j = j->next) {
		if (!(j->flags & JOB_CONTROL) || job_state(j) == PROC_DONE)
			continue;
		kill(-j->pgid, SIGHUP);
		if (job_state(j) == PROC_STOPPED)
			kill(-j->pgid, SIGCONT);
	}
	signal_set(SIGHUP, SIGNAL_DEFAULT);
	kill(getpid(), SIGHUP);
	sigemptyset(&none);
	signal_restore_mask(&none);
	_exit(128 + SIGHUP); /* for one that is not deadly here */
}
