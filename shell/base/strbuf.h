/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_STRBUF_H
#define MARSH_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/**
 * A growable byte string. `buf` is always NUL-terminated at buf[len] (also
 * when nothing was ever added) and may contain NUL bytes. Start from
 * STRBUF_INIT; strbuf_release() gives the memory back.
 */
struct strbuf {
	char *buf;
	size_t len;
	size_t cap; /* bytes allocated; 0 while buf is the shared empty string
	             */
};

extern char strbuf_empty[1]; /* never written */

#define STRBUF_INIT                \
	{                          \
		strbuf_empty, 0, 0 \
	}

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
/** Make room for EXTRA more bytes and the NUL. */
void strbuf_grow(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *data, size_t len);
void strbuf_addstr(struct strbuf *sb, const char *s);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
        __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap);
/** Add S quoted so that the shell reads it back as one word (XCU 2.2). */
void strbuf_add_quoted(struct strbuf *sb, const char *s);
/** Hand the string to the caller, who frees it; SB is empty afterwards. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

static inline void strbuf_setlen(struct strbuf *sb, size_t len)
{
	if (sb->cap) {
		sb->len = len;
		sb->buf[len] = '\0';
	}
}

static inline void strbuf_reset(struct strbuf *sb)
{
	strbuf_setlen(sb, 0);
}

static inline void strbuf_addch(struct strbuf *sb, char c)
{
	if (sb->len + 1 >= sb->cap)
		strbuf_grow(sb, 1);
	sb->buf[sb->len++] = c;
	sb->buf[sb->len] = '\0';
}

#endif
