/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_OUT_H
#define MARSH_OUT_H

#include "shell/shell.h"

/**
 * Standard output of builtins. Text is collected in task->out; it is
 * written when it grows large and when the builtin returns, so that a
 * builtin never calls write() itself and a write error becomes its status.
 */
void out_write(struct task *t, const char *buf, size_t len);
void out_str(struct task *t, const char *s);
void out_printf(struct task *t, const char *fmt, ...)
        __attribute__((format(printf, 2, 3)));
static inline void out_ch(struct task *t, char c)
{
	strbuf_addch(&t->out, c);
}
/**
 * Write what was collected to script descriptor 1. 0, or -1 after a message
 * "NAME: write error: WHY" (also for an earlier partial write).
 */
int out_flush(struct task *t);

#endif
