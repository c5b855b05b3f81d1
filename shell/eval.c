/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/eval.h"

#include <string.h>

#include "jobs/signal.h"
#include "shell/diag.h"
#include "shell/expand.h"
#include "shell/function.h"
#include "shell/pattern.h"
#include "shell/pipeline.h"
#include "shell/redir.h"
#include "shell/simple.h"
#include "shell/trap.h"
#include "shell/var.h"

/*
 * After a command whose failure counts: run traps, then set -e
 * (XCU 2.15 set). Traps do not run inside a $(...) that runs in this
 * process: their output is not the substitution's.
 */
static enum flow finish(struct task *t, enum flow flow)
{
	if (signal_any && !t->inline_depth) {
		enum flow trap = trap_run_pending(t);

		if (trap != FLOW_NEXT)
			return trap;
	}
	if (flow == FLOW_NEXT && t->status && !t->tested &&
	        opt_on(t->sh, OPT_ERREXIT))
		return FLOW_EXIT;
	return flow;
}

/* A condition: errexit is ignored in it. */
static enum flow eval_tested(struct task *t, const struct node *n)
{
	enum flow flow;

	t->tested++;
	flow = eval(t, n, 0);
	t->tested--;
	return flow;
}

static enum flow eval_list(struct task *t, const struct node *n, unsigned flags)
{
	for (n = n->u.list.first; n; n = n->next) {
		enum flow flow = eval(t, n, n->next ? 0 : flags);

		if (flow != FLOW_NEXT)
			return flow;
	}
	return FLOW_NEXT;
}

static enum flow eval_and_or(
        struct task *t, const struct node *n, unsigned flags)
{
	enum flow flow;

	n = n->u.list.first;
	flow = eval_tested(t, n);
	while (flow == FLOW_NEXT && (n = n->next)) {
		if ((t->status == 0) == n->after_or)
			continue;
		if (!n->next)
			return eval(t, n, flags);
		flow = eval_tested(t, n);
	}
	return flow;
}

static enum flow eval_not(struct task *t, const struct node *n)
{
	enum flow flow = eval_tested(t, n->u.child);

	if (flow == FLOW_NEXT)
		t->status = !t->status;
	return flow;
}

static enum flow eval_if(struct task *t, const struct node *n, unsigned flags)
{
	for (;;) {
		enum flow flow = eval_tested(t, n->u.cond.cond);

		if (flow != FLOW_NEXT)
			return flow;
		if (t->status == 0)
			return eval(t, n->u.cond.then, flags);
		n = n->u.cond.otherwise;
		if (!n) {
			t->status = 0;
			return FLOW_NEXT;
		}
		if (n->type != NODE_IF || n->redirs)
			return eval(t, n, flags);
	}
}

/* After a loop's body: true when the loop ends, with *FLOW its result. */
static bool leaves_loop(struct task *t, enum flow *flow)
{
	switch (*flow) {
	case FLOW_NEXT:
		return false;
	case FLOW_BREAK:
		if (--t->skip == 0)
			*flow = FLOW_NEXT;
		return true;
	case FLOW_CONTINUE:
		if (--t->skip > 0)
			return true;
		*flow = FLOW_NEXT;
		return false;
	default:
		return true;
	}
}

static enum flow eval_while(struct task *t, const struct node *n)
{
	bool until = n->type == NODE_UNTIL;
	enum flow flow;
	int status = 0;

	t->loop_depth++;
	for (;;) {
		flow = eval_tested(t, n->u.cond.cond);
		if (flow != FLOW_NEXT) {
			if (leaves_loop(t, &flow))
				break;
			continue;
		}
		if ((t->status == 0) == until) {
			t->status = status;
			break;
		}
		flow = eval(t, n->u.cond.then, 0);
		status = t->status;
		if (leaves_loop(t, &flow))
			break;
	}
	t->loop_depth--;
	return flow;
}

static enum flow eval_for(struct task *t, const struct node *n)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	enum flow flow = FLOW_NEXT;
	struct args args;

	t->lineno = n->lineno;
	args_init(t, &args, n->u.loop.in ? 8 : t->frame->argc);
	if (n->u.loop.in) {
		for (struct word *w = n->u.loop.words; w; w = w->next)
			if (expand_fields(t, w, &args)) {
				flow = FLOW_ABORT;
				goto out;
			}
	} else {
		for (int i = 0; i < t->frame->argc; i++) {
			const char *s = t->frame->argv[i];

			args_push(t, &args,
			        arena_strndup(&t->scratch, s, strlen(s)));
		}
	}
	t->status = 0;
	t->loop_depth++;
	for (int i = 0; i < args.n; i++) {
		if (var_set_str(t, n->u.loop.var, args.v[i])) {
			t->status = 2;
			flow = FLOW_ABORT;
			break;
		}
		flow = eval(t, n->u.loop.body, 0);
		if (leaves_loop(t, &flow))
			break;
	}
	t->loop_depth--;
out:
	arena_release(&t->scratch, mark);
	return flow;
}

/* Does one of the patterns match? 1, 0, or -1 after an error. */
static int matches(
        struct task *t, const struct case_item *item, const char *s, size_t len)
{
	for (struct word *w = item->patterns; w; w = w->next) {
		const struct pattern *p = expand_pattern(t, w);

		if (!p)
			return -1;
		if (pattern_match(p, s, len))
			return 1;
	}
	return 0;
}

static enum flow eval_case(struct task *t, const struct node *n, unsigned flags)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	const struct case_item *item;
	const char *s;
	size_t len;
	int m = 0;
	enum flow flow = FLOW_NEXT;

	t->lineno = n->lineno;
	if (expand_string(t, n->u.cases.subject, &s, &len)) {
		arena_release(&t->scratch, mark);
		return FLOW_ABORT;
	}
	for (item = n->u.cases.items; item; item = item->next) {
		m = matches(t, item, s, len);
		if (m)
			break;
	}
	arena_release(&t->scratch, mark);
	if (m < 0)
		return FLOW_ABORT;
	if (!item || !item->body)
		t->status = 0;
	for (; item; item = item->next) {
		bool last = !item->fall_through || !item->next;

		if (item->body) {
			flow = eval(t, item->body, last ? flags : 0);
			if (flow != FLOW_NEXT)
				break;
		}
		if (last)
			break;
	}
	return flow;
}

/* A command without its redirections. */
static enum flow eval_bare(struct task *t, const struct node *n, unsigned flags)
{
	switch (n->type) {
	case NODE_LIST:
		return eval_list(t, n, flags);
	case NODE_AND_OR:
		return eval_and_or(t, n, flags);
	case NODE_NOT:
		return eval_not(t, n);
	case NODE_GROUP:
		return eval(t, n->u.child, flags);
	case NODE_IF:
		return eval_if(t, n, flags);
	case NODE_WHILE:
	case NODE_UNTIL:
		return eval_while(t, n);
	case NODE_FOR:
		return eval_for(t, n);
	case NODE_CASE:
		return eval_case(t, n, flags);
	case NODE_PIPELINE:
		return finish(t, eval_pipeline(t, n));
	case NODE_ASYNC:
		return finish(t, eval_async(t, n));
	case NODE_SUBSHELL:
		return finish(t, eval_subshell(t, n, flags));
	case NODE_FUNCTION:
		function_define(t, n->u.func.name, n->u.func.body);
		t->status = 0;
		return FLOW_NEXT;
	default:
		return FLOW_NEXT;
	}
}

static enum flow eval_redirected(
        struct task *t, const struct node *n, unsigned flags)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	struct redir_undo undo;
	enum redir_result r;
	enum flow flow;

	t->lineno = n->redirs->lineno;
	r = redir_apply(t, n->redirs, &undo);
	if (r == REDIR_OK) {
		flow = eval_bare(t, n, flags & ~(unsigned)EVAL_TAIL);
		redir_restore(t, &undo);
	} else {
		flow = r == REDIR_ABORT ? FLOW_ABORT : finish(t, FLOW_NEXT);
	}
	arena_release(&t->scratch, mark);
	return flow;
}

enum flow eval(struct task *t, const struct node *n, unsigned flags)
{
	if (opt_on(t->sh, OPT_NOEXEC) && !opt_on(t->sh, OPT_INTERACTIVE))
		return FLOW_NEXT;
	if (n->type == NODE_SIMPLE)
		return finish(t, eval_simple(t, n, flags));
	if (task_stack_low(t)) {
		diag(t, "commands are nested too deeply");
		t->status = 2;
		return FLOW_ABORT;
	}
	if (n->redirs)
		return eval_redirected(t, n, flags);
	return eval_bare(t, n, flags);
}
