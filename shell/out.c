/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/out.h"

#include <errno.h>
#include <string.h>

#include "shell/diag.h"
#include "shell/fd.h"

enum {
	OUT_LARGE = 64 * 1024
};

static void out_drain(struct task *t)
{
	if (t->out.len && !t->out_error &&
	        fd_write(t, 1, t->out.buf, t->out.len) < 0)
		t->out_error = errno;
	/* One huge line should not stay in memory for ever. */
	if (t->out.cap > 2 * OUT_LARGE)
		strbuf_release(&t->out);
	else
		strbuf_reset(&t->out);
}

void out_write(struct task *t, const char *buf, size_t len)
{
	strbuf_add(&t->out, buf, len);
	if (t->out.len >= OUT_LARGE)
		out_drain(t);
}

void out_str(struct task *t, const char *s)
{
	out_write(t, s, strlen(s));
}

void out_printf(struct task *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&t->out, fmt, ap);
	va_end(ap);
	if (t->out.len >= OUT_LARGE)
		out_drain(t);
}

int out_flush(struct task *t)
{
	int error;

	if (!t->out.len && !t->out_error)
		return 0;
	out_drain(t);
	error = t->out_error;
	t->out_error = 0;
	if (!error)
		return 0;
	builtin_error(t, 1, "write error: %s", strerror(error));
	return -1;
}
