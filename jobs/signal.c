/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/signal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	SIGNAL_MAX = 64
};

volatile sig_atomic_t signal_any;
static volatile sig_atomic_t pending[SIGNAL_MAX + 1];

/*
 * What the kernel knows about this process, signal n in bit n - 1. It is
 * file-scope state because dispositions belong to the process, not to a
 * struct shell. Nothing is asked of the kernel before a signal is first
 * changed: until then its disposition is the one it had at the start.
 */
static struct {
	uint64_t known;     /* was_ignored is valid */
	uint64_t inherited; /* ignored when the process started */
	uint64_t caught;
	uint64_t ignored;  /* by request, children inherit it */
	uint64_t shielded; /* ignored by the shell alone */
} disposition;

static uint64_t bit(int signo)
{
	return UINT64_C(1) << (signo - 1);
}

static bool valid(int signo)
{
	return signo > 0 && signo <= SIGNAL_MAX;
}

static void on_signal(int signo)
{
	pending[signo] = 1;
	signal_any = 1;
}

static void on_child(int signo)
{
	(void)signo; /* sigsuspend() returns, nothing more is needed */
}

static void install(int signo, void (*handler)(int))
{
	struct sigaction sa = {.sa_handler = handler};

	sigemptyset(&sa.sa_mask);
	sigaction(signo, &sa, NULL); /* fails for KILL and STOP only */
}

static void learn(int signo)
{
	struct sigaction sa;

	if (disposition.known & bit(signo))
		return;
	disposition.known |= bit(signo);
	if (sigaction(signo, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN)
		disposition.inherited |= bit(signo);
}

void signal_set(int signo, enum signal_action action)
{
	uint64_t b;

	if (!valid(signo))
		return;
	learn(signo);
	b = bit(signo);
	disposition.caught &= ~b;
	disposition.ignored &= ~b;
	disposition.shielded &= ~b;
	switch (action) {
	case SIGNAL_DEFAULT:
		install(signo, SIG_DFL);
		break;
	case SIGNAL_IGNORE:
		disposition.ignored |= b;
		/* the shell itself could no longer wait with it ignored */
		install(signo, signo == SIGCHLD ? SIG_DFL : SIG_IGN);
		break;
	case SIGNAL_SHIELD:
		disposition.shielded |= b;
		install(signo, SIG_IGN);
		break;
	case SIGNAL_CATCH:
		disposition.caught |= b;
		install(signo, on_signal);
		break;
	}
}

bool signal_was_ignored(int signo)
{
	if (!valid(signo))
		return false;
	learn(signo);
	return (disposition.inherited & bit(signo)) != 0;
}

void signal_forget_ignored(int signo)
{
	if (!valid(signo))
		return;
	disposition.known |= bit(signo);
	disposition.inherited &= ~bit(signo);
}

bool signal_is_known(int signo)
{
	return valid(signo) && (disposition.known & bit(signo)) != 0;
}

bool signal_catching(void)
{
	return disposition.caught != 0;
}

void signal_init(void)
{
	/* With SIGCHLD ignored the kernel would keep no exit statuses. */
	install(SIGCHLD, SIG_DFL);
	disposition.known |= bit(SIGCHLD);
}

bool signal_begin(void)
{
	if (!signal_any)
		return false;
	signal_any = 0;
	return true;
}

bool signal_take(int signo)
{
	if (!valid(signo) || !pending[signo])
		return false;
	pending[signo] = 0;
	return true;
}

bool signal_is_pending(int signo)
{
	return valid(signo) && pending[signo];
}

int signal_first_pending(void)
{
	int signo;

	if (!signal_any)
		return 0;
	for (signo = 1; signo <= SIGNAL_MAX; signo++)
		if (pending[signo] && signo != SIGCHLD)
			return signo;
	return pending[SIGCHLD] ? SIGCHLD : 0;
}

void signal_note(int signo)
{
	if (valid(signo))
		on_signal(signo);
}

void signal_clear_pending(void)
{
	int signo;

	if (!signal_any)
		return;
	for (signo = 1; signo <= SIGNAL_MAX; signo++)
		pending[signo] = 0;
	signal_any = 0;
}

/* The shielded signals that an unstoppable child goes on ignoring. */
static uint64_t kept_signals(bool unstoppable)
{
	return unstoppable
	               ? disposition.shielded &
	                         (bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU))
	               : 0;
}

/* The signals whose disposition a child must not get from the shell. */
static uint64_t private_signals(void)
{
	return disposition.caught | disposition.shielded;
}

static void make_public(uint64_t set)
{
	int signo;

	for (signo = 1; set; signo++, set >>= 1)
		if (set & 1)
			install(signo, disposition.inherited & bit(signo)
			                       ? SIG_IGN
			                       : SIG_DFL);
}

void signal_child(bool unstoppable)
{
	uint64_t kept = kept_signals(unstoppable);
	uint64_t set = private_signals() & ~kept;

	make_public(set);
	disposition.ignored |= (set & disposition.inherited) | kept;
	disposition.caught = 0;
	disposition.shielded = 0;
	signal_clear_pending();
}

void signal_exec(bool async, bool unstoppable)
{
	make_public(private_signals() & ~kept_signals(unstoppable));
	if (disposition.ignored & bit(SIGCHLD))
		install(SIGCHLD, SIG_IGN);
	if (async) {
		install(SIGINT, SIG_IGN);
		install(SIGQUIT, SIG_IGN);
	}
}

void signal_exec_undo(void)
{
	int signo;

	for (signo = 1; signo <= SIGNAL_MAX; signo++) {
		if (disposition.caught & bit(signo))
			install(signo, on_signal);
		else if (disposition.shielded & bit(signo))
			install(signo, SIG_IGN);
	}
	if (disposition.ignored & bit(SIGCHLD))
		install(SIGCHLD, SIG_DFL);
}

void signal_wake_on_child(bool on)
{
	if (disposition.caught & bit(SIGCHLD))
		return;
	install(SIGCHLD, on ? on_child : SIG_DFL);
}

void signal_block_all(sigset_t *old)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, old);
}

void signal_restore_mask(const sigset_t *old)
{
	sigprocmask(SIG_SETMASK, old, NULL);
}

/* Names of real-time signals by their distance from SIGRTMIN. */
static const char *const realtime[] = {
        "RTMIN",
        "RTMIN+1",
        "RTMIN+2",
        "RTMIN+3",
        "RTMIN+4",
        "RTMIN+5",
        "RTMIN+6",
        "RTMIN+7",
        "RTMIN+8",
        "RTMIN+9",
        "RTMIN+10",
        "RTMIN+11",
        "RTMIN+12",
        "RTMIN+13",
        "RTMIN+14",
        "RTMIN+15",
        "RTMIN+16",
        "RTMIN+17",
        "RTMIN+18",
        "RTMIN+19",
        "RTMIN+20",
        "RTMIN+21",
        "RTMIN+22",
        "RTMIN+23",
        "RTMIN+24",
        "RTMIN+25",
        "RTMIN+26",
        "RTMIN+27",
        "RTMIN+28",
        "RTMIN+29",
        "RTMIN+30",
        "RTMIN+31",
};
enum {
	NREALTIME = sizeof(realtime) / sizeof(realtime[0])
};

const char *signal_name(int signo)
{
	if (!valid(signo))
		return NULL;
	if (signo == SIGRTMAX)
		return "RTMAX";
	if (signo >= SIGRTMIN && signo < SIGRTMAX &&
	        signo - SIGRTMIN < NREALTIME)
		return realtime[signo - SIGRTMIN];
	return sigabbrev_np(signo);
}

/* The N of "RTMIN+N" and "RTMAX-N": REST is empty or SIGN and digits. */
static int realtime_offset(const char *rest, char sign)
{
	char *end;
	long n;

	if (!*rest)
		return 0;
	if (*rest != sign || rest[1] < '0' || rest[1] > '9')
		return -1;
	n = strtol(rest + 1, &end, 10);
	return *end || n > SIGRTMAX - SIGRTMIN ? -1 : (int)n;
}

static int realtime_number(const char *name)
{
	int n;

	if (!strncasecmp(name, "RTMIN", 5)) {
		n = realtime_offset(name + 5, '+');
		return n < 0 ? -1 : SIGRTMIN + n;
	}
	n = realtime_offset(name + 5, '-');
	return n < 0 ? -1 : SIGRTMAX - n;
}

int signal_number(const char *name)
{
	static const struct {
		const char *name;
		int signo;
	} alias[] = {{"IO", SIGIO}, {"CLD", SIGCHLD}, {"IOT", SIGABRT}};
	size_t i;
	int signo;

	if (!strncasecmp(name, "SIG", 3))
		name += 3;
	if (!strncasecmp(name, "RTM", 3) && strlen(name) >= 5 &&
	        (!strncasecmp(name + 3, "IN", 2) ||
	                !strncasecmp(name + 3, "AX", 2)))
		return realtime_number(name);
	for (signo = 1; signo < SIGRTMIN; signo++) {
		const char *abbrev = sigabbrev_np(signo);
		if (abbrev && !strcasecmp(name, abbrev))
			return signo;
	}
	for (i = 0; i < sizeof(alias) / sizeof(alias[0]); i++)
		if (!strcasecmp(name, alias[i].name))
			return alias[i].signo;
	return -1;
}

const char *signal_text(int signo)
{
	const char *text;

	switch (signo) {
	case SIGSTOP:
		return "Stopped (SIGSTOP)";
	case SIGTSTP:
		return "Stopped (SIGTSTP)";
	case SIGTTIN:
		return "Stopped (SIGTTIN)";
	case SIGTTOU:
		return "Stopped (SIGTTOU)";
	}
	text = sigdescr_np(signo);
	return text ? text : "Real-time signal";
}
