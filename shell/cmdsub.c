/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/cmdsub.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "jobs/job.h"
#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/process.h"

enum {
	READ_SIZE = 4096
};

/* As the commands are defined now, are they all pure builtins? */
static bool all_pure(const struct node *n)
{
	const struct sym *s;

	switch (n->type) {
	case NODE_SIMPLE:
		s = n->u.simple.words->command;
		return s->builtin && s->builtin->flags & BUILTIN_PURE &&
		       (!s->func || s->builtin->flags & BUILTIN_SPECIAL);
	case NODE_NOT:
		return all_pure(n->u.child);
	default:
		for (n = n->u.list.first; n; n = n->next)
			if (!all_pure(n))
				return false;
		return true;
	}
}

/*
 * Aliases are looked at when a substitution runs (its text is a script of
 * its own), and it was compiled without them.
 */
static bool aliases_matter(const struct task *t, const struct part *p)
{
	return p->u.cmd.src &&
	       (t->sh->aliases || strstr(p->u.cmd.src, "alias"));
}

/* Run pure builtins here, with standard output in memory. */
static void run_inline(
        struct task *t, const struct node *body, struct strbuf *out)
{
	struct fd_slot old;
	int status = t->status, lineno = t->lineno;
	enum flow flow;

	old = fd_replace(t, 1, (struct fd_slot){FD_CLOSED, out});
	t->inline_depth++;
	flow = eval(t, body, 0);
	(void)flow; /* the substitution's environment ends, whatever it is */
	t->inline_depth--;
	fd_restore(t, 1, old);
	t->cmdsub_status = t->status;
	t->status = status;
	t->lineno = lineno;
}

static void read_all(struct task *t, int fd, struct strbuf *out)
{
	size_t step = READ_SIZE;
	ssize_t n;

	for (;;) {
		strbuf_grow(out, step);
		n = read(fd, out->buf + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			diag(t, "cannot read from a command substitution: %s",
			        strerror(errno));
		if (n <= 0)
			break;
		strbuf_setlen(out, out->len + (size_t)n);
		if (step < 1u << 20 && out->len > step)
			step *= 2;
	}
}

static int run_process(
        struct task *t, const struct part *part, struct strbuf *out)
{
	struct launch l = {.close_fd = -1};
	struct fd_slot old;
	int p[2], wstatus = 0, status = t->status;
	pid_t pid;

	if (fd_pipe(t->sh, p)) {
		diag(t, "cannot make a pipe: %s", strerror(errno));
		t->status = 2;
		return -1;
	}
	l.close_fd = p[0];
	old = fd_replace(t, 1, (struct fd_slot){p[1], NULL});
	if (aliases_matter(t, part))
		pid = launch_text(t, &l, part->u.cmd.src, part->u.cmd.lineno);
	else
		pid = launch_node(t, &l, part->u.cmd.body);
	fd_restore(t, 1, old);
	if (pid > 0)
		read_all(t, p[0], out);
	fd_close_private(t->sh, p[0]);
	if (pid < 0) {
		t->cmdsub_status = t->status;
		t->status = status;
		return 0;
	}
	job_wait_pid(t, pid, &wstatus);
	t->cmdsub_status = proc_status(wstatus);
	return 0;
}

/* Variables hold no NUL bytes. */
static void drop_nuls(struct strbuf *sb)
{
	char *to, *end = sb->buf + sb->len;

	to = memchr(sb->buf, '\0', sb->len);
	if (!to)
		return;
	for (char *p = to; p < end; p++)
		if (*p)
			*to++ = *p;
	strbuf_setlen(sb, (size_t)(to - sb->buf));
}

int command_substitute(struct task *t, const struct part *p, struct strbuf *out)
{
	const struct node *body = p->u.cmd.body;

	t->cmdsub_status = 0;
	if (!body)
		return 0;
	if (task_stack_low(t)) {
		diag(t, "command substitutions are nested too deeply");
		t->status = 2;
		return -1;
	}
	if (p->u.cmd.pure && !aliases_matter(t, p) && all_pure(body))
		run_inline(t, body, out);
	else if (run_process(t, p, out))
		return -1;
	drop_nuls(out);
	while (out->len && out->buf[out->len - 1] == '\n')
		strbuf_setlen(out, out->len - 1);
	return 0;
}
