/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/utf8.h"
#include "tests/unit/unit.h"

static void round_trip(struct unit *u)
{
	for (uint32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
		char buf[4];
		size_t n = utf8_encode(c, buf);
		uint32_t cp = 0;
		size_t used = char_decode(true, buf, n, &cp);
		bool surrogate = c >= 0xd800 && c < 0xe000;

		if (!CHECK(u, surrogate ? used == 1 && cp >= CHAR_INVALID
		                        : used == n && cp == c))
			break;
		if (n > 1 && !surrogate &&
		        !CHECK(u, char_len(true, buf, n - 1) == 1))
			break;
	}
}

static void invalid(struct unit *u)
{
	static const char *const bad[] = {"\x80", "\xbf", "\xc0\xaf", "\xc1",
	        "\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80",
	        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5", "\xff", "\xc3",
	        "\xc3(", "\xe2\x82", "\xe2(\xa1", "\xf0\x9f\x98"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t cp = 0;
		size_t n = char_decode(true, bad[i], strlen(bad[i]), &cp);

		CHECK(u, n == 1);
		CHECK(u, cp == CHAR_INVALID + (unsigned char)bad[i][0]);
	}
}

static void counts(struct unit *u)
{
	static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff";

	CHECK(u, char_count(true, text, sizeof(text) - 1) == 5);
	CHECK(u, char_count(false, text, sizeof(text) - 1) == 11);
	CHECK(u, char_count(true, "", 0) == 0);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"utf8: encode and decode", round_trip},
	        {"utf8: invalid bytes stand alone", invalid},
	        {"utf8: counting", counts},
	        UNIT_END,
	};

	return unit_run(tests);
}
