/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/escape.h"

#include <string.h>

static const char *add_octal(struct strbuf *sb, const char *s, bool zero)
{
	unsigned value = 0;
	if (zero && *s == '0')
		s++;
	for (int i = 0; i < 3 && *s >= '0' && *s <= '7'; i++)
		value = value * 8 + (unsigned)(*s++ - '0');
	strbuf_addch(sb, (char)(unsigned char)value);
	return s;
}

const char *escape_add(struct strbuf *sb, const char *s, bool zero)
{
	static const char from[] = "abefnrtv\\";
	static const char to[] = "\a\b\033\f\n\r\t\v\\";

	if (*s >= '0' && *s <= '7')
		return add_octal(sb, s, zero);
	const char *known = *s ? strchr(from, *s) : NULL;
	if (!known) {
		strbuf_addch(sb, '\\');
		return s;
	}
	strbuf_addch(sb, to[known - from]);
	return s + 1;
}

bool escape_add_all(struct strbuf *sb, const char *s)
{
	for (;;) {
		const char *p = strchr(s, '\\');
		if (!p) {
			strbuf_addstr(sb, s);
			return true;
		}
		strbuf_add(sb, s, (size_t)(p - s));
		if (p[1] == 'c')
			return false;
		s = escape_add(sb, p + 1, true);
	}
}
