/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/diag.h"

#include <errno.h>

#include "shell/fd.h"

void diag_prefix(struct task *t, int line, struct strbuf *sb)
{
	const struct shell *sh = t->sh;

	strbuf_addf(sb, "%s: ", sh->arg0 ? sh->arg0 : "marsh");
	if (sh->script)
		strbuf_addf(sb, "%s: ", sh->script);
	if (line > 0 && !opt_on(sh, OPT_INTERACTIVE))
		strbuf_addf(sb, "line %d: ", line);
}

/* A message that cannot be written is lost: there is nowhere to say so. */
static void report(struct task *t, int line, const char *builtin,
        const char *fmt, va_list ap)
{
	struct strbuf sb = STRBUF_INIT;
	int saved = errno;

	diag_prefix(t, line, &sb);
	if (builtin)
		strbuf_addf(&sb, "%s: ", builtin);
	errno = saved;
	strbuf_vaddf(&sb, fmt, ap);
	strbuf_addch(&sb, '\n');
	fd_write(t, 2, sb.buf, sb.len);
	strbuf_release(&sb);
	errno = saved;
}

void diag(struct task *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(t, t->lineno, NULL, fmt, ap);
	va_end(ap);
}

void diag_at(struct task *t, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(t, line, NULL, fmt, ap);
	va_end(ap);
}

int builtin_error(struct task *t, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(t, t->lineno, t->builtin, fmt, ap);
	va_end(ap);
	return status;
}
