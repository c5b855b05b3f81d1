/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "shell/base/strbuf.h"
#include "tests/unit/unit.h"

static void empty(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;
	size_t len = 9;
	char *s;

	CHECK_STR(u, sb.buf, "");
	strbuf_reset(&sb);
	strbuf_add(&sb, "x", 0);
	CHECK(u, sb.len == 0 && sb.buf[0] == '\0');
	s = strbuf_detach(&sb, &len);
	CHECK_STR(u, s, "");
	CHECK(u, len == 0);
	free(s);
	strbuf_release(&sb);
}

static void grows(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;

	for (int i = 0; i < 10000; i++) {
		strbuf_addch(&sb, (char)('a' + i % 26));
		if (sb.buf[sb.len] != '\0' || sb.len >= sb.cap)
			break;
	}
	CHECK(u, sb.len == 10000 && sb.buf[9999] == 'a' + 9999 % 26);
	strbuf_setlen(&sb, 3);
	CHECK_STR(u, sb.buf, "abc");
	strbuf_add(&sb, "\0z", 2);
	CHECK(u, sb.len == 5 && memcmp(sb.buf, "abc\0z", 6) == 0);
	strbuf_release(&sb);
	CHECK(u, sb.cap == 0 && sb.len == 0);
}

static void formats(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;
	char wide[301];

	memset(wide, 'w', 300);
	wide[300] = '\0';
	strbuf_addstr(&sb, "n=");
	strbuf_addf(&sb, "%d", 42);
	CHECK_STR(u, sb.buf, "n=42");
	strbuf_addf(&sb, "%s", wide);
	CHECK(u, sb.len == 304 && strcmp(sb.buf + 4, wide) == 0);
	strbuf_release(&sb);
}

static void quotes(struct unit *u)
{
	static const char *const cases[][2] = {
	        {"", "''"},
	        {"plain-1.2/x:y", "plain-1.2/x:y"},
	        {"a b", "'a b'"},
	        {"it's", "'it'\\''s'"},
	        {"'", "''\\'''"},
	        {"$x\n*", "'$x\n*'"},
	        {"~", "'~'"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_add_quoted(&sb, cases[i][0]);
		CHECK_STR(u, sb.buf, cases[i][1]);
		strbuf_release(&sb);
	}
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"strbuf: empty", empty},
	        {"strbuf: grows", grows},
	        {"strbuf: formats", formats},
	        {"strbuf: quotes", quotes},
	        UNIT_END,
	};

	return unit_run(tests);
}
