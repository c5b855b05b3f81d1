/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/trap.h"

enum { BLOCK = 8192 };

void input_string(struct input *in, const char *text, size_t len, int line)
{
	memset(in, 0, sizeof(*in));
	in->kind = INPUT_STRING;
	in->fd = -1;
	in->lineno = line;
	strbuf_init(&in->text);
	strbuf_add(&in->text, text, len);
	in->eof = true;
}

void input_fd(struct input *in, enum input_kind kind, int fd)
{
	memset(in, 0, sizeof(*in));
	in->kind = kind;
	in->fd = fd;
	in->lineno = 1;
	strbuf_init(&in->text);
	in->blocks = kind == INPUT_FILE;
	if (kind == INPUT_EXACT)
		in->blocks = in->seekable = lseek(fd, 0, SEEK_CUR) >= 0;
	if (kind == INPUT_TTY) /* a terminal gives a line at a time */
		in->blocks = isatty(fd) != 0;
}

void input_release(struct input *in)
{
	strbuf_release(&in->text);
}

void input_begin(struct input *in)
{
	in->continued = false;
	in->interrupted = false;
	if (in->kind == INPUT_STRING || in->pos == 0)
		return;
	/* Moving the rest down costs little when little is left, and a block
	   is small: but do not move it for each of its short lines. */
	if (in->pos < in->text.len && in->pos < BLOCK / 2)
		return;
	memmove(in->text.buf, in->text.buf + in->pos, in->text.len - in->pos);
	strbuf_setlen(&in->text, in->text.len - in->pos);
	in->exposed -= in->pos;
	in->pos = 0;
}

void input_sync(struct input *in)
{
	if (in->kind != INPUT_EXACT || !in->seekable)
		return;
	if (in->text.len > in->pos) {
		off_t back = (off_t)(in->text.len - in->pos);

		if (lseek(in->fd, -back, SEEK_CUR) >= 0) {
			strbuf_setlen(&in->text, in->pos);
			if (in->exposed > in->pos)
				in->exposed = in->pos;
			in->eof = false;
		}
	}
}

/* An interactive read was interrupted: run traps; true when the line being
   typed is to be abandoned. */
static bool interrupted(struct task *t)
{
	if (!signal_any)
		return false;
	if (opt_on(t->sh, OPT_INTERACTIVE) && signal_is_pending(SIGINT) &&
		!trap_is_set(t->sh, SIGINT)) {
		signal_take(SIGINT);
		return true;
	}
	trap_run_pending(t);
	return false;
}

/* Read up to N bytes at the end of the buffer. */
static ssize_t append(struct task *t, struct input *in, size_t n)
{
	ssize_t r;

	strbuf_grow(&in->text, n);
	for (;;) {
		r = read(in->fd, in->text.buf + in->text.len, n);
		if (r >= 0)
			break;
		if (errno == EINTR) {
			if (in->kind == INPUT_TTY && interrupted(t)) {
				in->interrupted = true;
				return 0;
			}
			continue;
		}
		diag(t, "cannot read commands: %s", strerror(errno));
		t->status = 128;
		return -1;
	}
	strbuf_setlen(&in->text, in->text.len + (size_t)r);
	return r;
}

static void prompt(struct task *t, struct input *in)
{
	struct strbuf sb = STRBUF_INIT;

	if (!in->continued)
		jobs_notify(t);
	prompt_expand(t, in->continued ? t->sh->known.ps2 : t->sh->known.ps1,
		&sb);
	fd_write(t, 2, sb.buf, sb.len);
	strbuf_release(&sb);
}

bool input_more(struct task *t, struct input *in)
{
	size_t start = in->exposed, from = start;
	char *nl;

	if (in->kind == INPUT_TTY) {
		prompt(t, in);
		in->continued = true;
	}
	for (;;) {
		nl = memchr(in->text.buf + from, '\n', in->text.len - from);
		if (nl) {
			in->exposed = (size_t)(nl - in->text.buf) + 1;
			break;
		}
		from = in->text.len;
		if (!in->eof) {
			ssize_t r = append(t, in, in->blocks ? BLOCK : 1);

			if (in->interrupted)
				return false;
			if (r > 0)
				continue;
			in->eof = in->kind != INPUT_TTY || r < 0;
		}
		if (in->exposed == in->text.len)
			return false;
		in->exposed = in->text.len;
		break;
	}
	if (opt_on(t->sh, OPT_VERBOSE) && in->kind != INPUT_STRING)
		fd_write(t, 2, in->text.buf + start, in->exposed - start);
	return true;
}
