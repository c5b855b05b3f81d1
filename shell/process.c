/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jobs/spawn.h"
#include "shell/command.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/expand.h"
#include "shell/fd.h"
#include "shell/redir.h"
#include "shell/trap.h"
#include "shell/var.h"

struct child {
	struct task *t;
	const struct launch *launch;
	const struct node *node; /* NULL: `text` is run */
	const char *text;
	int lineno;
};

void subshell_enter(struct task *t)
{
	struct shell *sh = t->sh;

	sh->subshell = true;
	sh->in = NULL;
	sh->opts &= ~(unsigned)OPT_MONITOR;
	t->inline_depth = 0;
	t->outer_loop = t->loop_depth > 0;
	t->loop_depth = 0;
	strbuf_reset(&t->out);
	trap_enter_subshell(t);
	jobs_enter_subshell(sh);
	fd_collapse(t);
}

unsigned launch_job_flags(struct task *t)
{
	unsigned flags = 0;

	if (jobs_control(t->sh))
		flags |= JOB_CONTROL;
	if (opt_on(t->sh, OPT_PIPEFAIL))
		flags |= JOB_PIPEFAIL;
	return flags;
}

void launch_set_text(struct task *t, struct job *j, const struct node *n)
{
	struct strbuf sb = STRBUF_INIT;

	if (!jobs_control(t->sh) && !opt_on(t->sh, OPT_INTERACTIVE) &&
	        !(j->flags & JOB_ASYNC))
		return;
	ast_print(&sb, n);
	j->text = strbuf_detach(&sb, NULL);
}

void launch_abandon(struct task *t, struct job *j)
{
	job_remove(t->sh, j);
}

enum flow launch_wait(struct task *t, struct job *j)
{
	bool suspended;

	t->status = job_wait_foreground(t, j, &suspended);
	return suspended ? FLOW_PROMPT : FLOW_NEXT;
}

static pid_t start(struct task *t, const struct launch *l, struct spawn *sp)
{
	struct job *j = l->job;
	pid_t pid;

	sp->tty = -1;
	if (j && j->flags & JOB_CONTROL) {
		sp->flags |= SPAWN_GROUP;
		sp->pgid = j->pgid;
		if (l->foreground && !j->nproc && jobs_own_tty(t->sh))
			j->flags |= JOB_TTY;
		if (j->flags & JOB_TTY) {
			sp->flags |= SPAWN_FOREGROUND;
			sp->tty = t->sh->tty;
		}
	} else {
		if (l->async)
			sp->flags |= SPAWN_ASYNC;
		if (jobs_control(t->sh)) /* a command substitution */
			sp->flags |= SPAWN_UNSTOPPABLE;
	}
	pid = spawn(sp);
	if (pid < 0) {
		diag(t, "cannot fork: %s", strerror(errno));
		t->status = 125;
		return -1;
	}
	if (j)
		job_add(j, pid);
	return pid;
}

/*
 * The descriptors were moved for the program that could not be executed, so
 * the message goes to the real one. There is nobody to tell of a failure.
 */
static void last_words(const struct strbuf *message)
{
	size_t done = 0;

	while (done < message->len) {
		ssize_t n = write(2, message->buf + done, message->len - done);

		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
}

pid_t launch_program(
        struct task *t, const struct launch *l, const char *path, char **argv)
{
	struct strbuf message = STRBUF_INIT;
	struct fdmove *moves;
	struct spawn sp = {
	        .path = path,
	        .argv = argv,
	        .envp = var_environ(t),
	        .self = t->sh->arg0,
	};
	pid_t pid;

	sp.nmoves = fd_moves(t, &moves);
	sp.moves = moves;
	diag_prefix(t, t->lineno, &message);
	sp.message = message.buf;
	if (l->replace) {
		sp.flags = SPAWN_EXEC | (l->undo ? SPAWN_UNDO : 0);
		spawn(&sp);
		const char *why = spawn_reason(path, errno, &t->status);

		strbuf_addf(&message, "%s: %s\n", argv[0], why);
		if (l->undo)
			fd_write(t, 2, message.buf, message.len);
		else
			last_words(&message);
		pid = -1;
	} else {
		pid = start(t, l, &sp);
	}
	strbuf_release(&message);
	return pid;
}

static int run_child(void *arg)
{
	struct child *c = arg;
	struct task *t = c->t;
	enum flow flow;

	if (c->launch->close_fd >= 0)
		fd_close_private(t->sh, c->launch->close_fd);
	subshell_enter(t);
	if (c->node)
		flow = eval(t, c->node, EVAL_TAIL);
	else
		flow = eval_text(
		        t, c->text, strlen(c->text), c->lineno, EVAL_TAIL);
	(void)flow; /* whatever it is, the environment ends here */
	trap_run_exit(t);
	return t->status;
}

struct code_child {
	struct task *t;
	void (*run)(struct task *t, void *ctx);
	void *ctx;
};

static int run_code(void *arg)
{
	struct code_child *c = arg;

	subshell_enter(c->t);
	c->run(c->t, c->ctx);
	trap_run_exit(c->t);
	return c->t->status;
}

pid_t launch_code(struct task *t, const struct launch *l,
        void (*run)(struct task *t, void *ctx), void *ctx)
{
	struct code_child c = {t, run, ctx};
	struct spawn sp = {.run = run_code, .ctx = &c};

	return start(t, l, &sp);
}

/* A word whose expansion may as well happen in this process. */
static bool harmless(const struct word *w)
{
	return !(w->flags & (WORD_EFFECT | WORD_CMDSUB));
}

/* May N be started as a program without a subshell around it? */
static bool is_direct(struct task *t, const struct node *n)
{
	const struct word *w;

	if (n->type != NODE_SIMPLE || n->u.simple.assigns ||
	        opt_on(t->sh, OPT_XTRACE) || opt_on(t->sh, OPT_NOUNSET))
		return false;
	w = n->u.simple.words;
	if (!w || !(w->flags & WORD_LITERAL) || !w->len)
		return false;
	if (w->command && (w->command->func || w->command->builtin))
		return false;
	for (; w; w = w->next)
		if (!harmless(w))
			return false;
	/* opening a file may block or fail: that is for the child */
	for (const struct redir *r = n->redirs; r; r = r->next)
		if ((r->op != REDIR_DUP_IN && r->op != REDIR_DUP_OUT &&
		            !(r->target->flags & WORD_LITERAL &&
		                    !strcmp(r->target->text, "/dev/null"))) ||
		        !harmless(r->target))
			return false;
	return true;
}

/*
 * Start N as a program. 0 when it turns out to need a subshell after all,
 * to report an error there; nothing has been changed then.
 */
static pid_t launch_direct(
        struct task *t, const struct launch *l, const struct node *n)
{
	struct redir_undo undo;
	struct args args;
	const char *path;
	int status, saved = t->lineno;
	pid_t pid = 0;

	for (const struct redir *r = n->redirs; r; r = r->next)
		if (r->op == REDIR_DUP_IN || r->op == REDIR_DUP_OUT)
			if (!(r->target->flags & WORD_LITERAL) ||
			        (r->target->text[0] != '-' &&
			                fd_real(t, atoi(r->target->text)) < 0))
				return 0;
	t->lineno = n->lineno;
	args_init(t, &args, n->u.simple.nwords);
	for (const struct word *w = n->u.simple.words; w; w = w->next)
		if (expand_fields(t, w, &args)) {
			pid = -1;
			goto out;
		}
	path = args.v[0];
	if (!strchr(path, '/'))
		path = command_find(t, path, true, &status);
	if (!path)
		goto out;
	if (redir_apply(t, n->redirs, &undo) != REDIR_OK) {
		pid = -1;
		goto out;
	}
	pid = launch_program(t, l, path, args.v);
	redir_restore(t, &undo);
out:
	t->lineno = saved;
	return pid;
}

pid_t launch_node(struct task *t, const struct launch *l, const struct node *n)
{
	struct child c = {.t = t, .launch = l, .node = n};
	struct spawn sp = {.run = run_child, .ctx = &c};

	if (is_direct(t, n)) {
		struct arena_mark mark = arena_mark(&t->scratch);
		pid_t pid = launch_direct(t, l, n);

		arena_release(&t->scratch, mark);
		if (pid)
			return pid;
	}
	return start(t, l, &sp);
}

pid_t launch_text(
        struct task *t, const struct launch *l, const char *text, int lineno)
{
	struct child c = {.t = t, .launch = l, .text = text, .lineno = lineno};
	struct spawn sp = {.run = run_child, .ctx = &c};

	return start(t, l, &sp);
}
