/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/utf8.h"

/* Bytes of the sequence that LEAD begins; 1 for ASCII, 0 for no lead byte. */
static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return 2;
	if (lead < 0xf0)
		return 3;
	return lead < 0xf5 ? 4 : 0;
}

static size_t decode(const unsigned char *s, size_t len, uint32_t *cp)
{
	size_t n = sequence_length(s[0]);
	uint32_t c;

	if (n < 2 || n > len)
		goto invalid;
	c = s[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			goto invalid;
		c = c << 6 | (s[i] & 0x3fu);
	}
	/* Overlong forms, surrogates and what Unicode does not have. */
	if ((n == 3 && c < 0x800) || (n == 4 && c < 0x10000) ||
	        (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		goto invalid;
	*cp = c;
	return n;

invalid:
	*cp = CHAR_INVALID + s[0];
	return 1;
}

size_t char_decode(bool utf8, const char *s, size_t len, uint32_t *cp)
{
	unsigned char c = (unsigned char)s[0];

	if (c < 0x80 || !utf8) {
		*cp = c;
		return 1;
	}
	return decode((const unsigned char *)s, len, cp);
}

size_t char_len(bool utf8, const char *s, size_t len)
{
	uint32_t cp;

	return char_decode(utf8, s, len, &cp);
}

size_t char_count(bool utf8, const char *s, size_t len)
{
	size_t count = 0;

	if (!utf8)
		return len;
	for (size_t i = 0; i < len; count++)
		i += char_len(true, s + i, len - i);
	return count;
}

size_t utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (cp >> 18 & 7));
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}
