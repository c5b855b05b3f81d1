/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/simple.h"

#include <string.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "shell/builtin.h"
#include "shell/command.h"
#include "shell/diag.h"
#include "shell/expand.h"
#include "shell/fd.h"
#include "shell/function.h"
#include "shell/out.h"
#include "shell/process.h"
#include "shell/redir.h"
#include "shell/trace.h"
#include "shell/trap.h"
#include "shell/var.h"

/* ---- assignments ---- */

/* x=$x...: append in place instead of building the whole value anew. */
static bool appends(const struct word *w)
{
	const struct part *p = w->value->part;

	return w->value->nparts > 1 && p->kind == PART_PARAM &&
	       p->u.param->op == PARAM_PLAIN && p->u.param->kind == PARAM_VAR &&
	       p->u.param->sym == w->sym &&
	       (w->sym->var.flags & (VAR_SET | VAR_HOOK | VAR_DYNAMIC)) ==
	               VAR_SET &&
	       !(w->value->flags & WORD_EFFECT);
}

static int assign(struct task *t, const struct word *w)
{
	const struct word *v = w->value;
	const char *s;
	size_t len;

	if (v->flags & WORD_LITERAL)
		return var_set(t, w->sym, v->text, v->len);
	if (appends(w)) {
		if (expand_rest(t, v, &s, &len))
			return -1;
		return var_append(t, w->sym, s, len);
	}
	if (expand_assignment(t, v, &s, &len))
		return -1;
	return var_set(t, w->sym, s, len);
}

/* exec's assignments last, and are for the program it becomes too. */
static void export_all(struct task *t, const struct word *w)
{
	for (; w; w = w->next)
		var_flag_set(t, w->sym, VAR_EXPORT);
}

/* Perform the assignments; 0, or -1 with t->status set. */
static int assign_all(struct task *t, const struct word *w)
{
	for (; w; w = w->next) {
		if (assign(t, w)) {
			t->status = 1;
			return -1;
		}
		if (opt_on(t->sh, OPT_XTRACE))
			trace_assignment(t, w->sym);
	}
	return 0;
}

/* The same for one command only: saved in F, exported meanwhile. */
static int assign_temporarily(
        struct task *t, const struct word *w, struct frame *f)
{
	for (; w; w = w->next) {
		const char *s;
		size_t len;

		if (expand_assignment(t, w->value, &s, &len))
			return -1;
		var_save(t, f, w->sym);
		if (var_set(t, w->sym, s, len)) {
			t->status = 1;
			return -1;
		}
		var_flag_set(t, w->sym, VAR_EXPORT);
		if (opt_on(t->sh, OPT_XTRACE))
			trace_assignment(t, w->sym);
	}
	return 0;
}

/* ---- running ---- */

/* What is needed to run one command whose words are expanded. */
struct invocation {
	const struct node *node;
	int argc;
	char **argv;
	struct redir_undo undo;
	unsigned flags;
};

/* exec without a command: its redirections are for good. */
static bool is_bare_exec(int argc, char **argv)
{
	int i = 0;

	while (i < argc && !strcmp(argv[i], "command"))
		i++;
	if (i == argc || strcmp(argv[i], "exec"))
		return false;
	i++;
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	return i == argc;
}

/* Extension builtins print their help with --help. */
static bool wants_help(const struct builtin *b, int argc, char **argv)
{
	return b->flags & BUILTIN_EXTENSION && !(b->flags & BUILTIN_NOOPTS) &&
	       argc == 2 && strcmp(argv[1], "--help") == 0;
}

/* Run a builtin with what it prints flushed to its descriptor. */
static enum flow call_builtin(
        struct task *t, const struct builtin *b, int argc, char **argv)
{
	const char *outer = t->builtin;
	int r;

	t->builtin = b->name;
	if (wants_help(b, argc, argv)) {
		builtin_print_help(t, b);
		r = 0;
	} else {
		r = b->run(t, argc, argv);
	}
	if (t->out.len && out_flush(t) && r == 0)
		r = 1;
	t->builtin = outer;
	if (r >= 0) {
		t->status = r;
		return FLOW_NEXT;
	}
	return (enum flow) - r;
}

static enum flow run_special(
        struct task *t, struct invocation *c, const struct builtin *b)
{
	enum flow flow;

	if (redir_apply(t, c->node->redirs, &c->undo) != REDIR_OK)
		return FLOW_ABORT;
	if (assign_all(t, c->node->u.simple.assigns)) {
		flow = FLOW_ABORT;
	} else {
		if (c->argc > 1 && !strcmp(b->name, "exec"))
			export_all(t, c->node->u.simple.assigns);
		flow = call_builtin(t, b, c->argc, c->argv);
	}
	if (c->undo.n && flow == FLOW_NEXT && is_bare_exec(c->argc, c->argv))
		redir_commit(t, &c->undo);
	else
		redir_restore(t, &c->undo);
	return flow;
}

/* A redirection error: only an expansion error ends the shell. */
static enum flow redir_failure(enum redir_result r)
{
	return r == REDIR_ABORT ? FLOW_ABORT : FLOW_NEXT;
}

static enum flow run_regular(
        struct task *t, struct invocation *c, const struct builtin *b)
{
	struct frame temp = {0};
	enum redir_result r;
	enum flow flow;

	r = redir_apply(t, c->node->redirs, &c->undo);
	if (r != REDIR_OK)
		return redir_failure(r);
	if (c->node->u.simple.assigns &&
	        assign_temporarily(t, c->node->u.simple.assigns, &temp))
		flow = FLOW_ABORT;
	else
		flow = call_builtin(t, b, c->argc, c->argv);
	if (temp.saved)
		var_restore(t, &temp);
	if (c->undo.n && flow == FLOW_NEXT && is_bare_exec(c->argc, c->argv))
		redir_commit(t, &c->undo);
	else
		redir_restore(t, &c->undo);
	return flow;
}

static enum flow run_function(
        struct task *t, struct invocation *c, struct sym *sym)
{
	struct frame temp = {0};
	enum redir_result r;
	enum flow flow;

	r = redir_apply(t, c->node->redirs, &c->undo);
	if (r != REDIR_OK)
		return redir_failure(r);
	if (c->node->u.simple.assigns &&
	        assign_temporarily(t, c->node->u.simple.assigns, &temp)) {
		flow = FLOW_ABORT;
	} else {
		/* what must be undone afterwards keeps this from being the
		   last thing the process does */
		if (c->undo.n || temp.saved)
			c->flags &= ~(unsigned)EVAL_TAIL;
		flow = function_call(t, sym, c->argc, c->argv, c->flags);
	}
	if (temp.saved)
		var_restore(t, &temp);
	redir_restore(t, &c->undo);
	return flow;
}

/* May a program take the place of this process? */
static bool may_replace(struct task *t, unsigned flags)
{
	if (!(flags & EVAL_TAIL) || jobs_report(t->sh) || jobs_control(t->sh) ||
	        signal_any)
		return false;
	for (int i = 0; i < TRAP_MAX; i++)
		if (trap_is_set(t->sh, i))
			return false;
	return true;
}

/* Find and run a program; descriptors and variables are set up. */
static enum flow execute(struct task *t, struct invocation *c)
{
	struct launch l = {.foreground = true, .close_fd = -1};
	const char *name = c->argv[0], *path = name;
	int status = 127;

	if (!strchr(name, '/'))
		path = command_find(t, name, true, &status);
	if (!path) {
		diag(t, "%s: %s", name,
		        status == 126 ? "permission denied" : "not found");
		t->status = status;
		return FLOW_NEXT;
	}
	if (may_replace(t, c->flags)) {
		l.replace = true;
		launch_program(t, &l, path, c->argv);
		return FLOW_EXIT;
	}
	l.job = job_new(t, launch_job_flags(t));
	launch_set_text(t, l.job, c->node);
	if (launch_program(t, &l, path, c->argv) < 0)
		launch_abandon(t, l.job);
	else
		return launch_wait(t, l.job);
	return FLOW_NEXT;
}

static enum flow run_program(struct task *t, struct invocation *c)
{
	struct frame temp = {0};
	enum redir_result r;
	enum flow flow;

	r = redir_apply(t, c->node->redirs, &c->undo);
	if (r != REDIR_OK)
		return redir_failure(r);
	if (c->node->u.simple.assigns &&
	        assign_temporarily(t, c->node->u.simple.assigns, &temp))
		flow = FLOW_ABORT;
	else
		flow = execute(t, c);
	if (temp.saved)
		var_restore(t, &temp);
	redir_restore(t, &c->undo);
	return flow;
}

/* Run a command that is nothing but redirections in a subshell. */
static enum flow confine(struct task *t, struct invocation *c)
{
	struct launch l = {.foreground = true, .close_fd = -1};

	l.job = job_new(t, launch_job_flags(t));
	if (launch_node(t, &l, c->node) < 0)
		launch_abandon(t, l.job);
	else
		return launch_wait(t, l.job);
	return FLOW_NEXT;
}

/* Only assignments and redirections. */
static enum flow run_nothing(struct task *t, struct invocation *c)
{
	enum redir_result r;
	int failed;

	/* what their expansion changes is not seen here (XCU 2.9.1.1) */
	if (!c->node->u.simple.assigns &&
	        !(t->sh->subshell && c->flags & EVAL_TAIL))
		for (const struct redir *d = c->node->redirs; d; d = d->next)
			if (d->target->flags & WORD_EFFECT)
				return confine(t, c);
	r = redir_apply(t, c->node->redirs, &c->undo);
	if (r != REDIR_OK)
		return redir_failure(r);
	failed = assign_all(t, c->node->u.simple.assigns);
	redir_restore(t, &c->undo);
	if (failed)
		return FLOW_ABORT;
	t->status = t->cmdsub_status >= 0 ? t->cmdsub_status : 0;
	return FLOW_NEXT;
}

static int expand_words(struct task *t, const struct node *n, struct args *args)
{
	const struct word *w = n->u.simple.words;

	args_init(t, args, n->u.simple.nwords);
	if (n->u.simple.literal) {
		for (; w; w = w->next)
			args->v[args->n++] = (char *)w->text;
		args->v[args->n] = NULL;
		return 0;
	}
	for (; w; w = w->next) {
		if (n->u.simple.declare && w->sym) {
			const char *s;
			size_t len;

			if (expand_assignment(t, w, &s, &len))
				return -1;
			args_push(t, args, (char *)s);
		} else if (expand_fields(t, w, args)) {
			return -1;
		}
	}
	return 0;
}

enum flow eval_simple(struct task *t, const struct node *n, unsigned flags)
{
	struct invocation c;
	const struct word *first = n->u.simple.words;
	struct arena_mark mark = arena_mark(&t->scratch);
	struct args args = {NULL, 0, 0};
	struct sym *sym = NULL;
	enum flow flow;

	t->lineno = n->lineno;
	t->cmdsub_status = -1;
	c.node = n;
	c.flags = flags;
	if (first && expand_words(t, n, &args)) {
		flow = FLOW_ABORT;
		goto out;
	}
	c.argc = args.n;
	c.argv = args.v;
	if (!args.n) {
		flow = run_nothing(t, &c);
		goto out;
	}
	if (first->command)
		sym = first->command;
	else if (!strchr(args.v[0], '/'))
		sym = sym_find(&t->sh->syms, args.v[0], strlen(args.v[0]));
	if (opt_on(t->sh, OPT_XTRACE))
		trace_command(t, c.argc, c.argv);
	if (!sym)
		flow = run_program(t, &c);
	else if (sym->builtin && sym->builtin->flags & BUILTIN_SPECIAL)
		flow = run_special(t, &c, sym->builtin);
	else if (sym->func)
		flow = run_function(t, &c, sym);
	else if (sym->builtin)
		flow = run_regular(t, &c, sym->builtin);
	else
		flow = run_program(t, &c);
out:
	arena_release(&t->scratch, mark);
	return flow;
}

/* ---- the command and exec utilities ---- */

enum flow command_run(struct task *t, int argc, char **argv, bool default_path)
{
	static const struct node empty = {.type = NODE_SIMPLE};
	struct invocation c = {.node = &empty, .argc = argc, .argv = argv};
	struct sym *sym = NULL;
	struct args args;
	enum flow flow;

	if (!strchr(argv[0], '/'))
		sym = sym_find(&t->sh->syms, argv[0], strlen(argv[0]));
	if (sym && sym->builtin) {
		flow = call_builtin(t, sym->builtin, argc, argv);
		/* its errors do not end the shell here (XCU command) */
		return flow == FLOW_ABORT ? FLOW_NEXT : flow;
	}
	args_init(t, &args, argc);
	for (int i = 0; i < argc; i++)
		args_push(t, &args, argv[i]);
	c.argv = args.v;
	if (default_path && !strchr(argv[0], '/')) {
		const char *path = command_find_default(t, argv[0]);
		struct launch l = {.foreground = true, .close_fd = -1};

		if (!path) {
			diag(t, "%s: not found", argv[0]);
			t->status = 127;
			return FLOW_NEXT;
		}
		l.job = job_new(t, launch_job_flags(t));
		if (launch_program(t, &l, path, c.argv) < 0)
			launch_abandon(t, l.job);
		else
			return launch_wait(t, l.job);
		return FLOW_NEXT;
	}
	return execute(t, &c);
}

enum flow command_exec(struct task *t, char **argv)
{
	struct launch l = {.replace = true, .undo = true, .close_fd = -1};
	const char *path = argv[0];
	struct args args;
	/* also by way of `command`, a script does not go on */
	enum flow failed = jobs_report(t->sh) ? FLOW_ABORT : FLOW_EXIT;
	int status = 127;

	if (!strchr(path, '/'))
		path = command_find(t, path, false, &status);
	if (!path) {
		builtin_error(t, 0, "%s: %s", argv[0],
		        status == 126 ? "permission denied" : "not found");
		t->status = status;
		return failed;
	}
	args_init(t, &args, 8);
	for (int i = 0; argv[i]; i++)
		args_push(t, &args, argv[i]);
	launch_program(t, &l, path, args.v);
	return failed;
}
