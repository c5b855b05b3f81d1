/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/trap.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "shell/base/xalloc.h"
#include "shell/eval.h"

void trap_init(struct shell *sh)
{
	sh->traps = xcalloc(TRAP_MAX, sizeof(*sh->traps));
}

void trap_free(struct shell *sh)
{
	int i;

	for (i = 0; sh->traps && i < TRAP_MAX; i++)
		free(sh->traps[i].action);
	free(sh->traps);
	sh->traps = NULL;
}

int trap_number(const char *name)
{
	char *end;
	long n;

	if (*name >= '0' && *name <= '9') {
		n = strtol(name, &end, 10);
		if (*end || n >= TRAP_MAX || (n && !signal_name((int)n)))
			return -1;
		return (int)n;
	}
	return strcasecmp(name, "EXIT") ? signal_number(name) : 0;
}

const char *trap_name(int condition)
{
	return condition ? signal_name(condition) : "EXIT";
}

/* The action text in force in this shell environment, or NULL. */
static const char *active(const struct shell *sh, int condition)
{
	const struct trap *tr = &sh->traps[condition];

	return tr->parents ? NULL : tr->action;
}

bool trap_is_set(const struct shell *sh, int condition)
{
	const char *action = active(sh, condition);

	return action && *action;
}

static bool main_interactive(const struct shell *sh)
{
	return opt_on(sh, OPT_INTERACTIVE) && !sh->subshell;
}

/* What SIGNO does without a trap (XCU 2.12, and 2.11 for job control). */
static enum signal_action base_action(const struct shell *sh, int signo)
{
	switch (signo) {
	case SIGINT:
		if (main_interactive(sh))
			return SIGNAL_CATCH;
		break;
	case SIGHUP:
		if (main_interactive(sh) && !signal_was_ignored(SIGHUP))
			return SIGNAL_CATCH;
		break;
	case SIGTERM:
	case SIGQUIT:
		if (main_interactive(sh))
			return SIGNAL_SHIELD;
		break;
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		if (jobs_control(sh))
			return SIGNAL_SHIELD;
		break;
	}
	return signal_was_ignored(signo) ? SIGNAL_IGNORE : SIGNAL_DEFAULT;
}

void trap_update_interactive(struct shell *sh)
{
	static const int signals[] = {
	        SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
	bool special = main_interactive(sh) || jobs_control(sh);
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		int signo = signals[i];
		if (!active(sh, signo) && (special || signal_is_known(signo)))
			signal_set(signo, base_action(sh, signo));
	}
}

/* A subshell that sets a trap no longer shows its parent's. */
static void forget_parents(struct shell *sh)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++) {
		struct trap *tr = &sh->traps[i];
		if (!tr->parents)
			continue;
		free(tr->action);
		tr->action = NULL;
		tr->parents = false;
	}
}

int trap_set(struct task *t, int condition, const char *action)
{
	struct shell *sh = t->sh;
	struct trap *tr = &sh->traps[condition];
	char *old;

	if (condition == SIGKILL || condition == SIGSTOP)
		return action ? -1 : 0;
	if (condition && opt_on(sh, OPT_INTERACTIVE))
		signal_forget_ignored(condition);
	else if (condition && signal_was_ignored(condition))
		return -1;
	forget_parents(sh);
	old = tr->action;
	tr->action = action ? xstrdup(action) : NULL;
	free(old);
	if (!condition)
		return 0;
	if (!action)
		signal_set(condition, base_action(sh, condition));
	else
		signal_set(condition, *action ? SIGNAL_CATCH : SIGNAL_IGNORE);
	return 0;
}

/*
 * Run ACTION (owned) with $? as it is. The status stays what it was unless
 * the action leaves by exit, return or an error.
 */
static enum flow run_action(struct task *t, char *action)
{
	int status = t->status, outer = t->trap_status, line = t->lineno;
	struct frame *outer_frame = t->trap_frame;
	enum flow flow;

	t->trap_status = status;
	t->trap_frame = t->frame;
	flow = eval_text(t, action, strlen(action), 0, 0);
	free(action);
	t->trap_status = outer;
	t->trap_frame = outer_frame;
	t->lineno = line;
	if (flow == FLOW_NEXT)
		t->status = status;
	return flow;
}

/*
 * One pending signal. While its action runs it is not run again: another
 * delivery waits until the action has finished.
 */
static enum flow run_signal(struct task *t, int signo)
{
	struct trap *tr = &t->sh->traps[signo];
	enum flow flow;

	if (trap_is_set(t->sh, signo)) {
		tr->running = true;
		flow = run_action(t, xstrdup(tr->action));
		tr->running = false;
		return flow;
	}
	if (!main_interactive(t->sh))
		return FLOW_NEXT;
	if (signo == SIGHUP)
		jobs_hangup(t->sh);
	if (signo == SIGINT) {
		t->status = 128 + SIGINT;
		return FLOW_PROMPT;
	}
	return FLOW_NEXT;
}

/* Run each pending trap once; *AGAIN when a signal came during its action. */
static enum flow run_round(struct task *t, bool *again)
{
	enum flow flow = FLOW_NEXT;
	int signo;

	*again = false;
	for (signo = 1; signo < TRAP_MAX && flow == FLOW_NEXT; signo++) {
		if (t->sh->traps[signo].running || !signal_take(signo))
			continue;
		flow = run_signal(t, signo);
		if (signal_is_pending(signo))
			*again = true;
	}
	return flow;
}

enum flow trap_run_pending(struct task *t)
{
	enum flow flow = FLOW_NEXT;
	bool again = false;

	while (flow == FLOW_NEXT && (signal_begin() || again))
		flow = run_round(t, &again);
	return flow;
}

void trap_run_exit(struct task *t)
{
	struct trap *tr = &t->sh->traps[0];
	char *action = tr->action;

	if (!trap_is_set(t->sh, 0) || t->exiting)
		return;
	tr->action = NULL;
	t->exiting = true;
	run_action(t, action);
}

void trap_enter_subshell(struct task *t)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++) {
		struct trap *tr = &t->sh->traps[i];
		if (tr->action && *tr->action)
			tr->parents = true;
		tr->running = false;
	}
	t->trap_status = -1;
	t->exiting = false;
}

void trap_format(const struct shell *sh, int condition, struct strbuf *sb)
{
	const char *action = sh->traps[condition].action;

	if (!action && condition && signal_was_ignored(condition))
		action = "";
	strbuf_addstr(sb, "trap -- ");
	if (action)
		strbuf_add_quoted(sb, action);
	else
		strbuf_addch(sb, '-');
	strbuf_addf(sb, " %s\n", trap_name(condition));
}
