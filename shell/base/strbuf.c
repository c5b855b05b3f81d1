/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "shell/base/xalloc.h"

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
	*sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap)
		free(sb->buf);
	strbuf_init(sb);
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
	size_t need = sb->len + extra + 1;
	size_t cap;

	if (need > sb->len && need <= sb->cap)
		return;
	cap = sb->cap + sb->cap / 2;
	if (cap < 32)
		cap = 32;
	if (cap < need)
		cap = need;
	/* Sizes that cannot be are left to realloc() to refuse. */
	if (need <= extra || cap < sb->cap)
		cap = SIZE_MAX;
	if (sb->cap) {
		sb->buf = xrealloc(sb->buf, cap);
	} else {
		sb->buf = xmalloc(cap);
		sb->buf[0] = '\0';
	}
	sb->cap = cap;
}

void strbuf_add(struct strbuf *sb, const void *data, size_t len)
{
	if (!len)
		return;
	if (len >= sb->cap - sb->len)
		strbuf_grow(sb, len);
	memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	strbuf_grow(sb, 64);
	n = vsnprintf(sb->buf + sb->len, sb->cap - sb->len, fmt, ap);
	if (n >= 0 && (size_t)n >= sb->cap - sb->len) {
		strbuf_grow(sb, (size_t)n);
		n = vsnprintf(sb->buf + sb->len, sb->cap - sb->len, fmt, again);
	}
	va_end(again);
	if (n > 0)
		sb->len += (size_t)n;
	sb->buf[sb->len] = '\0';
}

/* Characters that mean nothing to the shell anywhere in a word. */
static int is_plain(char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	        (c >= '0' && c <= '9'))
		return 1;
	return c != '\0' && strchr("_./:,+@%-=", c) != NULL;
}

void strbuf_add_quoted(struct strbuf *sb, const char *s)
{
	const char *p = s;
	size_t n;

	while (is_plain(*p))
		p++;
	if (*p == '\0' && p != s) {
		strbuf_add(sb, s, (size_t)(p - s));
		return;
	}
	strbuf_addch(sb, '\'');
	while (*(s += n = strcspn(s, "'")) != '\0') {
		strbuf_add(sb, s - n, n);
		strbuf_add(sb, "'\\''", 4);
		s++;
	}
	strbuf_add(sb, s - n, n);
	strbuf_addch(sb, '\'');
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
	char *r = sb->cap ? sb->buf : xmemdup0("", 0);

	if (len)
		*len = sb->len;
	strbuf_init(sb);
	return r;
}
