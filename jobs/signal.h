/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SIGNAL_H
#define MARSH_SIGNAL_H

#include <signal.h>
#include <stdbool.h>

/**
 * Signal dispositions of the process. Handlers only set flags; the flags
 * are the one piece of state outside struct shell.
 */
enum signal_action {
	SIGNAL_DEFAULT,
	SIGNAL_IGNORE, /* also in children: trap '' */
	SIGNAL_CATCH,
	SIGNAL_SHIELD, /* ignored by the shell itself, not by children */
};

/** Non-zero when any caught signal is pending. */
extern volatile sig_atomic_t signal_any;

/** Install ACTION for SIGNO (no message; uncatchable ones are left). */
void signal_set(int signo, enum signal_action action);
/** Was SIGNO ignored when the process started? */
bool signal_was_ignored(int signo);
/** Treat SIGNO as not ignored at the start (interactive trap). */
void signal_forget_ignored(int signo);
/** Has signal_set() ever been called for SIGNO? */
bool signal_is_known(int signo);
/** Is any signal caught, so that waiting may be interrupted? */
bool signal_catching(void);
/** Remember the dispositions at start; SIGCHLD is put to default. */
void signal_init(void);
/**
 * Before pending flags are taken one by one: true when there may be any.
 * Signals that arrive later set signal_any again.
 */
bool signal_begin(void);
/** Take a pending flag: true once for each batch of deliveries. */
bool signal_take(int signo);
bool signal_is_pending(int signo);
/** The lowest pending signal, SIGCHLD last; 0 when there is none. */
int signal_first_pending(void);
/** As if SIGNO had been caught (a foreground job died of SIGINT). */
void signal_note(int signo);
/** Forget all pending flags (in a forked child). */
void signal_clear_pending(void);
/**
 * In a child, before exec or shell code: caught signals to default.
 * UNSTOPPABLE: TSTP, TTIN and TTOU stay ignored when they are shielded.
 */
void signal_child(bool unstoppable);
/**
 * In a child that shares our memory, and before an exec without a child:
 * the same with system calls only. ASYNC: also ignore SIGINT and SIGQUIT.
 */
void signal_exec(bool async, bool unstoppable);
/** The exec failed in this process: back to what was set. */
void signal_exec_undo(void);
/** Let SIGCHLD interrupt sigsuspend(), or no longer. */
void signal_wake_on_child(bool on);
/** Block everything, and restore what was blocked before. */
void signal_block_all(sigset_t *old);
void signal_restore_mask(const sigset_t *old);
/** "INT" for SIGINT; real-time signals as RTMIN+n; NULL when unknown. */
const char *signal_name(int signo);
/** Number for "INT" or "SIGINT" (any case), or -1. Not for digits. */
int signal_number(const char *name);
/** Text for a job's death or stop: "Terminated", "Stopped (SIGTSTP)". */
const char *signal_text(int signo);

#endif
