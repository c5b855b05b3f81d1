/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/trace.h"

#include "shell/eval.h"
#include "shell/fd.h"

static void begin(struct task *t, struct strbuf *sb)
{
	/* expanding PS4 must not trace itself */
	unsigned saved = t->sh->opts;

	t->sh->opts &= ~(unsigned)(OPT_XTRACE | OPT_NOUNSET);
	prompt_expand(t, t->sh->known.ps4, sb);
	t->sh->opts = saved;
}

static void finish(struct task *t, struct strbuf *sb)
{
	strbuf_addch(sb, '\n');
	fd_write(t, 2, sb->buf, sb->len);
	strbuf_release(sb);
}

void trace_command(struct task *t, int argc, char **argv)
{
	struct strbuf sb = STRBUF_INIT;

	begin(t, &sb);
	for (int i = 0; i < argc; i++) {
		if (i)
			strbuf_addch(&sb, ' ');
		strbuf_add_quoted(&sb, argv[i]);
	}
	finish(t, &sb);
}

void trace_assignment(struct task *t, const struct sym *s)
{
	struct strbuf sb = STRBUF_INIT;

	begin(t, &sb);
	strbuf_addf(&sb, "%s=", s->name);
	if (s->var.flags & VAR_SET && s->var.len)
		strbuf_add_quoted(&sb, s->var.value);
	finish(t, &sb);
}
