/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_TABLE_H
#define MARSH_TABLE_H

#include "jobs/job.h"

/** What job.c, reap.c and notify.c share: the inside of the job table. */

struct job_list {
	struct job *first, *last;
};

/** A process that is being waited for, or whose status is remembered. */
struct pid_entry {
	pid_t pid; /* 0: free */
	struct job *job;
};

struct jobs {
	struct job_list known; /* by number */
	struct job_list past;  /* oldest first */
	size_t npast;
	size_t ndone; /* finished among the known */
	bool parents; /* a subshell's memory of its parent's jobs */
	bool modes_saved;
	struct termios modes; /* the shell's own terminal modes */
	unsigned long clock;  /* source of job->order */
	bool marked;          /* current and previous are valid */
	struct job *current, *previous;
	unsigned started;       /* background jobs, to poll now and then */
	unsigned warned;        /* tries to exit that are not refused */
	struct pid_entry *pids; /* open addressing, npids a power of two */
	size_t npids, pids_used;
};

void pids_put(struct jobs *js, pid_t pid, struct job *j);
struct job *pids_get(const struct jobs *js, pid_t pid);
void pids_drop(struct jobs *js, pid_t pid);

/** Note a change of PID's state; unknown processes are nobody's. */
void job_record(struct jobs *js, pid_t pid, int wstatus);
/** Put J into the table with a number. */
void job_enter(struct jobs *js, struct job *j);
/** J loses its number; its status is remembered for wait, bounded. */
void job_retire(struct jobs *js, struct job *j);
/** Free J, which is in no list. */
void job_free(struct job *j);

/**
 * Wait (unless OPTIONS has WNOHANG) until some child changes and record
 * it. Its process id, 0 with WNOHANG when none did, -1 without children.
 */
pid_t reap_one(struct jobs *js, int options);
/** Block until J is no longer running, whatever signals arrive. */
void reap_job(struct shell *sh, struct job *j);
/** The same for an interactive shell, which may die of SIGHUP meanwhile. */
void reap_job_interactive(struct task *t, struct job *j);

#endif
