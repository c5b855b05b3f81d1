/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/function.h"

#include <stdlib.h>

#include "shell/base/xalloc.h"
#include "shell/command.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/var.h"

/* Running out of stack is reported here, with the name, and not deeper. */
enum {
	CALL_MARGIN = 8192
};

void function_unref(struct function *f)
{
	if (!f || --f->refs)
		return;
	tree_unref(f->tree);
	free(f);
}

/* set -h: remember where the programs of the simple commands in N are. */
static void remember_programs(struct task *t, const struct node *n)
{
	const struct sym *s;
	int status;

	for (; n && !task_stack_low(t); n = n->next) {
		switch (n->type) {
		case NODE_SIMPLE:
			s = n->u.simple.words ? n->u.simple.words->command
			                      : NULL;
			if (s && !s->func && !s->builtin)
				command_find(t, s->name, true, &status);
			break;
		case NODE_PIPELINE:
		case NODE_AND_OR:
		case NODE_LIST:
			remember_programs(t, n->u.list.first);
			break;
		case NODE_IF:
		case NODE_WHILE:
		case NODE_UNTIL:
			remember_programs(t, n->u.cond.cond);
			remember_programs(t, n->u.cond.then);
			remember_programs(t, n->u.cond.otherwise);
			break;
		case NODE_FOR:
			remember_programs(t, n->u.loop.body);
			break;
		case NODE_CASE:
			for (const struct case_item *i = n->u.cases.items; i;
			        i = i->next)
				remember_programs(t, i->body);
			break;
		case NODE_FUNCTION:
			break;
		default:
			remember_programs(t, n->u.child);
		}
	}
}

void function_define(struct task *t, struct sym *sym, const struct node *body)
{
	struct function *f = xmalloc(sizeof(*f));

	f->refs = 1;
	f->tree = tree_ref(t->tree);
	f->body = body;
	function_unref(sym->func);
	sym->func = f;
	t->sh->functions_changed++;
	if (opt_on(t->sh, OPT_HASHALL)) {
		struct arena_mark mark = arena_mark(&t->scratch);

		remember_programs(t, body);
		arena_release(&t->scratch, mark);
	}
}

void function_unset(struct shell *sh, struct sym *sym)
{
	if (!sym->func)
		return;
	function_unref(sym->func);
	sym->func = NULL;
	sh->functions_changed++;
}

enum flow function_call(
        struct task *t, struct sym *sym, int argc, char **argv, unsigned flags)
{
	struct function *f = sym->func;
	struct tree *tree = t->tree;
	int loop_depth = t->loop_depth;
	bool outer_loop = t->outer_loop;
	struct frame frame = {
	        .up = t->frame,
	        .argc = argc - 1,
	        .argv = argv + 1,
	        .func = f,
	};
	enum flow flow;

	if (task_stack_short(t, CALL_MARGIN)) {
		diag(t, "%s: functions are nested too deeply", argv[0]);
		t->status = 2;
		return FLOW_ABORT;
	}
	f->refs++;
	t->tree = f->tree;
	t->frame = &frame;
	t->loop_depth = 0;
	t->outer_loop = false;
	flow = eval(t, f->body, flags);
	if (frame.saved)
		var_restore(t, &frame);
	frame_free_args(&frame);
	t->loop_depth = loop_depth;
	t->outer_loop = outer_loop;
	t->frame = frame.up;
	t->tree = tree;
	function_unref(f);
	return flow == FLOW_RETURN ? FLOW_NEXT : flow;
}
