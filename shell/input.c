/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "jobs/tty.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/trap.h"

enum {
	BLOCK = 8192
};

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

/* Show the prompt for the line that IN needs. */
static void prompt(struct task *t, struct input *in)
{
	struct strbuf sb = STRBUF_INIT;

	prompt_expand(
	        t, in->continued ? t->sh->known.ps2 : t->sh->known.ps1, &sb);
	fd_write(t, 2, sb.buf, sb.len);
	strbuf_release(&sb);
}

/* An interactive read was interrupted: run traps; true when the command
   being typed is given up. */
static bool interrupted(struct task *t, struct input *in)
{
	enum flow flow;

	if (!signal_any)
		return false;
	flow = trap_run_pending(t);
	in->interrupted = flow != FLOW_NEXT;
	in->flow = flow == FLOW_EXIT ? FLOW_EXIT : FLOW_PROMPT;
	if (!in->interrupted)
		prompt(t, in);
	return in->interrupted;
}

/* Wait for the next line of a terminal; false when it is abandoned. */
static bool wait_for_line(struct task *t, struct input *in)
{
	for (;;) {
		switch (jobs_wait_input(t, in->fd)) {
		case JOB_WAKE_INPUT:
			return true;
		case JOB_WAKE_SIGNAL:
			if (interrupted(t, in))
				return false;
			break;
		case JOB_WAKE_NOTIFIED:
			prompt(t, in);
			break;
		}
	}
}

/* The read failed because this is not the foreground: wait until it is. */
static bool regain_terminal(struct task *t, struct input *in)
{
	if (errno != EIO || t->sh->tty < 0 || tty_acquire(t->sh->tty) < 0)
		return false;
	prompt(t, in);
	return true;
}

/* Read up to N bytes at the end of the buffer. */
static ssize_t append(struct task *t, struct input *in, size_t n)
{
	bool terminal = in->kind == INPUT_TTY && in->blocks;
	ssize_t r;

	strbuf_grow(&in->text, n);
	for (;;) {
		if (terminal && !wait_for_line(t, in))
			return 0;
		r = read(in->fd, in->text.buf + in->text.len, n);
		if (r >= 0)
			break;
		if (errno == EINTR) {
			if (in->kind == INPUT_TTY && interrupted(t, in))
				return 0;
			continue;
		}
		if (terminal && regain_terminal(t, in))
			continue;
		diag(t, "cannot read commands: %s", strerror(errno));
		t->status = 128;
		return -1;
	}
	strbuf_setlen(&in->text, in->text.len + (size_t)r);
	return r;
}

bool input_more(struct task *t, struct input *in)
{
	size_t start = in->exposed, from = start;
	char *nl;

	if (in->kind == INPUT_TTY) {
		if (!in->continued)
			jobs_notify(t);
		prompt(t, in);
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
		if (in->exposed == in->text.len) {
			if (in->kind == INPUT_TTY && in->blocks)
				fd_write(t, 2, "\n", 1); /* after the prompt */
			return false;
		}
		in->exposed = in->text.len;
		break;
	}
	in->continued = true;
	if (opt_on(t->sh, OPT_VERBOSE) && in->kind != INPUT_STRING)
		fd_write(t, 2, in->text.buf + start, in->exposed - start);
	return true;
}
