/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/eval.h"

#include <string.h>

#include "shell/builtin.h"

static int run(struct task *t, int argc, char **argv)
{
	struct strbuf joined = STRBUF_INIT;
	const char *text;
	enum flow flow;
	int i = opt_none(t, argv);

	if (i < 0)
		return special_error(t, 2);
	if (i == argc)
		return 0;
	text = argv[i];
	if (argc - i > 1) {
		strbuf_addstr(&joined, text);
		while (++i < argc) {
			strbuf_addch(&joined, ' ');
			strbuf_addstr(&joined, argv[i]);
		}
		text = joined.buf;
	}
	flow = eval_text(t, text, strlen(text), 0, 0);
	strbuf_release(&joined);
	if (flow != FLOW_NEXT)
		return builtin_flow(t, flow, t->status);
	return t->status;
}

const struct builtin builtin_eval = {
        .name = "eval",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "eval [argument...]",
        .summary = "join the arguments with spaces and run the result",
};
