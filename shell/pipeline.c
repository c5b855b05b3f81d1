/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "jobs/job.h"
#include "shell/diag.h"
#include "shell/fd.h"
#include "shell/process.h"
#include "shell/trap.h"

/*
 * Start the commands of a pipeline, each with its standard output in a pipe
 * to the next (XCU 2.9.2). -1 after a message when one could not be started.
 */
static int start_pipeline(
        struct task *t, struct launch *l, const struct node *n)
{
	const struct node *c;
	int in = -1;

	for (c = n->u.list.first; c; c = c->next) {
		struct fd_slot old_in, old_out;
		int p[2] = {-1, -1}, from = in;
		pid_t pid;

		if (c->next && fd_pipe(t->sh, p)) {
			diag(t, "cannot make a pipe: %s", strerror(errno));
			if (in >= 0)
				fd_close_private(t->sh, in);
			t->status = 125;
			return -1;
		}
		if (from >= 0)
			old_in = fd_replace(t, 0, (struct fd_slot){from, NULL});
		if (c->next)
			old_out =
			        fd_replace(t, 1, (struct fd_slot){p[1], NULL});
		l->close_fd = p[0];
		pid = launch_node(t, l, c);
		if (c->next)
			fd_restore(t, 1, old_out);
		if (from >= 0)
			fd_restore(t, 0, old_in);
		in = p[0];
		if (pid < 0) {
			if (in >= 0)
				fd_close_private(t->sh, in);
			return -1;
		}
	}
	return 0;
}

enum flow eval_pipeline(struct task *t, const struct node *n)
{
	struct launch l = {
	        .job = job_new(t, launch_job_flags(t)),
	        .foreground = true,
	        .close_fd = -1,
	};
	int failed, status;
	enum flow flow;

	launch_set_text(t, l.job, n);
	failed = start_pipeline(t, &l, n);
	status = t->status;
	if (!l.job->nproc) {
		launch_abandon(t, l.job);
		return FLOW_NEXT;
	}
	flow = launch_wait(t, l.job);
	if (failed)
		t->status = status;
	return flow;
}

/* Without job control a background command reads nothing (XCU 2.9.3). */
static bool null_input(struct task *t, struct fd_slot *old)
{
	int fd;

	if (jobs_control(t->sh))
		return false;
	fd = fd_open(t->sh, "/dev/null", O_RDONLY, 0);
	if (fd < 0)
		return false;
	*old = fd_replace(t, 0, (struct fd_slot){fd, NULL});
	return true;
}

enum flow eval_async(struct task *t, const struct node *n)
{
	const struct node *body = n->u.child;
	struct launch l = {
	        .job = job_new(t, launch_job_flags(t) | JOB_ASYNC),
	        .async = true,
	        .close_fd = -1,
	};
	struct fd_slot old;
	bool replaced;

	launch_set_text(t, l.job, body);
	replaced = null_input(t, &old);
	t->status = 0;
	if (body->type == NODE_PIPELINE)
		start_pipeline(t, &l, body);
	else
		launch_node(t, &l, body);
	if (replaced)
		fd_restore(t, 0, old);
	if (l.job->nproc)
		job_start_background(t, l.job);
	else
		launch_abandon(t, l.job);
	return FLOW_NEXT;
}

enum flow eval_subshell(struct task *t, const struct node *n, unsigned flags)
{
	struct launch l = {.foreground = true, .close_fd = -1};

	if (flags & EVAL_TAIL && t->sh->subshell) {
		/* this process is a subshell with nothing else to do */
		enum flow flow = eval(t, n->u.child, flags);

		return flow == FLOW_NEXT ? FLOW_NEXT : FLOW_EXIT;
	}
	l.job = job_new(t, launch_job_flags(t));
	launch_set_text(t, l.job, n);
	if (launch_node(t, &l, n->u.child) < 0) {
		launch_abandon(t, l.job);
		return FLOW_NEXT;
	}
	return launch_wait(t, l.job);
}
