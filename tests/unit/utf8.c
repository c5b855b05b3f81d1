/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/utf8.h"

#include "tests/unit/unit.h"

static void every_character_comes_back(struct unit *u)
{
	uint32_t cp, got;
	char s[4];

	for (cp = 1; cp < CHAR_INVALID; cp++) {
		size_t len;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		len = utf8_encode(cp, s);
		if (!CHECK(u, char_decode(true, s, len, &got) == len) ||
		        !CHECK(u, got == cp) ||
		        !CHECK(u, char_len(true, s, len) == len))
			return;
	}
}

static void an_invalid_byte_is_a_character(struct unit *u)
{
	static const char *const invalid[] = {
	        "\x80",
	        "\xBF",
	        "\xC0\x80",
	        "\xC1\xBF",
	        "\xC3",
	        "\xE0\x80\x80",
	        "\xE2\x82",
	        "\xED\xA0\x80",
	        "\xF0\x80\x80\x80",
	        "\xF4\x90\x80\x80",
	        "\xF5\x80\x80\x80",
	        "\xF0\x9F\x98",
	        "\xFF",
	};
	size_t i;

	for (i = 0; i < sizeof(invalid) / sizeof(*invalid); i++) {
		const char *s = invalid[i];
		uint32_t cp;

		CHECK(u, char_decode(true, s, strlen(s), &cp) == 1);
		CHECK(u, cp == CHAR_INVALID + (unsigned char)*s);
		CHECK(u, char_count(true, s, strlen(s)) == strlen(s));
	}
}

static void counts(struct unit *u)
{
	const char s[] = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\xFFz";

	CHECK(u, char_count(true, s, sizeof(s) - 1) == 6);
	CHECK(u, char_count(false, s, sizeof(s) - 1) == sizeof(s) - 1);
	CHECK(u, char_count(true, s, 0) == 0);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"every character comes back", every_character_comes_back},
	        {"an invalid byte is a character",
	                an_invalid_byte_is_a_character},
	        {"counts", counts},
	        UNIT_END,
	};

	return unit_run(tests);
}
