/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/repl.h"

#include "jobs/job.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/parse.h"

enum {
	MAX_EOF = 10
};

/* End of input at the prompt: true when the shell is to leave. */
static bool leave_at_eof(struct task *t, struct input *in, int *count)
{
	static const char say[] = "use 'exit' to leave the shell\n";

	if (in->kind != INPUT_TTY)
		return true;
	if (opt_on(t->sh, OPT_IGNOREEOF) && ++*count < MAX_EOF) {
		fd_write(t, 2, say, sizeof(say) - 1);
		return false;
	}
	if (!jobs_refuse_exit(t))
		return true;
	jobs_forget_warning(t->sh);
	return false;
}

/* Run one complete command; false when the shell is to end. */
static bool run_command(struct task *t, struct tree *tree)
{
	enum flow flow;

	t->tree = tree;
	flow = eval(t, tree->root, 0);
	t->tree = NULL;
	tree_unref(tree);
	jobs_forget_warning(t->sh);
	switch (flow) {
	case FLOW_PROMPT:
		/* after ^C or ^Z, which the terminal shows */
		if (opt_on(t->sh, OPT_INTERACTIVE))
			fd_write(t, 2, "\n", 1);
		return true;
	case FLOW_EXIT:
		return false;
	case FLOW_ABORT:
		return opt_on(t->sh, OPT_INTERACTIVE);
	default:
		return true;
	}
}

void repl(struct task *t, struct input *in)
{
	bool interactive = opt_on(t->sh, OPT_INTERACTIVE);
	int eofs = 0;
	struct tree *tree;

	t->sh->in = in;
	for (;;) {
		switch (parse_command(t, in, &tree)) {
		case PARSE_OK:
			eofs = 0;
			if (!tree->root) {
				tree_unref(tree);
				break;
			}
			input_sync(in);
			if (!run_command(t, tree))
				return;
			break;
		case PARSE_EOF:
			if (leave_at_eof(t, in, &eofs))
				return;
			break;
		case PARSE_INTERRUPTED:
			if (in->flow == FLOW_EXIT)
				return;
			fd_write(t, 2, "\n", 1);
			break;
		default:
			t->status = 2;
			if (!interactive)
				return;
			in->pos = in->exposed; /* the rest of the line */
		}
	}
}
