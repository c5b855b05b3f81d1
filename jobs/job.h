/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_JOB_H
#define MARSH_JOB_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

#include "shell/shell.h"

/**
 * The job table and the only waitpid(). A job is a pipeline or an async
 * list; its processes are reaped here and nowhere else.
 */
enum proc_state {
	PROC_RUNNING,
	PROC_STOPPED,
	PROC_DONE
};

struct proc {
	pid_t pid;
	int wstatus; /* as waitpid() gave it */
	enum proc_state state;
};

enum job_flag {
	JOB_CONTROL = 1u << 0,   /* has a process group of its own */
	JOB_ASYNC = 1u << 1,     /* started with & : $! is its last process */
	JOB_NOTIFIED = 1u << 2,  /* its present state was reported */
	JOB_PIPEFAIL = 1u << 3,  /* the option's value when it was started */
	JOB_KNOWN = 1u << 4,     /* has a number in the table */
	JOB_TTY_SAVED = 1u << 5, /* `modes` are to be restored by fg */
	JOB_PAST = 1u << 6,      /* finished, has lost its number; only its
	                            status is remembered, for wait */
	JOB_TTY = 1u << 7,       /* was given the terminal */
};

struct job {
	struct jobs *jobs; /* whose job it is */
	struct job *next;  /* in the table, by number */
	struct job *prev;
	int id;              /* %id */
	unsigned flags;      /* enum job_flag */
	pid_t pgid;          /* 0 without JOB_CONTROL */
	unsigned long order; /* newest is %+ */
	char *text;          /* command line, owned; may be NULL */
	struct termios modes;
	int nproc, cap;
	struct proc *proc; /* last one gives the status */
	struct proc one;   /* room for the usual single process */
};

void jobs_init(struct shell *sh);
void jobs_free(struct shell *sh);
/** In a forked child: the parent's jobs are no longer ours to wait for;
 * they stay visible to `jobs` until the child starts one of its own. */
void jobs_enter_subshell(struct shell *sh);

/** A job being built. Not in the table. */
struct job *job_new(struct task *t, unsigned flags);
void job_add(struct job *j, pid_t pid);
/**
 * Wait for a foreground job until it is done or stopped, then take back the
 * terminal. Returns its status; frees it unless it stopped, in which case it
 * enters the table (128 + signal) and *SUSPENDED (may be NULL) is true.
 * Death by a signal other than INT and PIPE is reported by an interactive
 * shell.
 */
int job_wait_foreground(struct task *t, struct job *j, bool *suspended);
/** Enter an async job into the table, set $!, announce "[1] pid" when
 * interactive. The table owns J. */
void job_start_background(struct task *t, struct job *j);
/** Status of one finished process: exit status or 128 + signal. */
int proc_status(int wstatus);
/** Status of the job as it is now (pipefail considered). */
int job_status(const struct job *j);
enum proc_state job_state(const struct job *j);

/** Reap whatever changed, without waiting. */
void jobs_poll(struct shell *sh);
/**
 * Report jobs that changed state (interactive, before a prompt or with
 * set -b) and drop finished ones from the table.
 */
void jobs_notify(struct task *t);
/** Is there a job to report? */
bool jobs_have_news(struct shell *sh);
/** Drop finished jobs that were reported or whose shell does not report. */
void jobs_clean(struct shell *sh);
/** One line of `jobs`: "[1] + Running   sleep 1 &" style text into SB. */
void job_format(struct shell *sh, const struct job *j, bool with_pid,
        struct strbuf *sb);
/**
 * The job SPEC means ("%1", "%+", "%-", "%%", "%str", "%?str"), or NULL
 * after a builtin_error(): "no such job" or "ambiguous".
 */
struct job *job_find(struct task *t, const char *spec);
/** The job with process PID, or NULL. */
struct job *job_by_pid(struct shell *sh, pid_t pid);
struct job *job_current(struct shell *sh);
struct job *job_previous(struct shell *sh);
struct job *jobs_first(struct shell *sh);
/** Take J from the table and free it. */
void job_remove(struct shell *sh, struct job *j);
/** Forget the statuses of jobs that have left the table (wait). */
void jobs_forget_past(struct shell *sh);
/**
 * wait: until J is done (or stopped when job control is on). Returns the
 * status, or, when a trapped signal arrived, -1 with *SIGNO set.
 */
int job_wait(struct task *t, struct job *j, int *signo);
/** Continue J in the foreground or background (fg, bg). -1 and errno. */
int job_continue(struct task *t, struct job *j, bool foreground);
/** J was sent SIGCONT: its stopped processes count as running. */
void job_note_continued(struct job *j);
/** Wait for this one child and nothing else (command substitution). */
int job_wait_pid(struct task *t, pid_t pid, int *wstatus);
/** Does this process tell its user of jobs (interactive, not a subshell)? */
bool jobs_report(const struct shell *sh);
/** Is job control on in this process (set -m, not a subshell)? */
bool jobs_control(const struct shell *sh);
/**
 * May foreground jobs have the terminal? Not when it belongs to somebody
 * else: a script with set -m may run in the background.
 */
bool jobs_own_tty(const struct shell *sh);
/** The process whose id stands for J: its group's leader. */
pid_t job_leader(const struct job *j);
/** Is J a child of this process, not one that the parent shell left us? */
bool job_is_ours(const struct job *j);
/**
 * May the shell not be left yet? True, after a message, for the first try of
 * an interactive shell with stopped jobs; the try after it succeeds.
 */
bool jobs_refuse_exit(struct task *t);
/** A command was run: once another was, jobs_refuse_exit() warns again. */
void jobs_forget_warning(struct shell *sh);
/**
 * The interactive shell dies of SIGHUP, and its jobs get it too (stopped
 * ones also SIGCONT).
 */
_Noreturn void jobs_hangup(struct shell *sh);

/** What ended jobs_wait_input(). */
enum job_wake {
	JOB_WAKE_INPUT,    /* there is input, or its end */
	JOB_WAKE_SIGNAL,   /* a caught signal is pending */
	JOB_WAKE_NOTIFIED, /* with set -b: jobs were reported */
};

/** Wait at a prompt until FD can be read. */
enum job_wake jobs_wait_input(struct task *t, int fd);

#endif
