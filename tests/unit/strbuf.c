/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/strbuf.h"

#include <stdlib.h>

#include "tests/unit/unit.h"

static void is_a_string_when_empty(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;

	CHECK_STR(u, sb.buf, "");
	strbuf_reset(&sb);
	strbuf_setlen(&sb, 0);
	strbuf_release(&sb);
	CHECK_STR(u, sb.buf, "");
}

static void grows(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < 100000; i++)
		strbuf_addch(&sb, (char)('a' + i % 26));
	CHECK(u, sb.len == 100000 && strlen(sb.buf) == 100000);
	for (i = 0; i < sb.len && sb.buf[i] == (char)('a' + i % 26); i++)
		;
	CHECK(u, i == sb.len);
	strbuf_setlen(&sb, 3);
	CHECK_STR(u, sb.buf, "abc");
	strbuf_release(&sb);
}

static void holds_nul_bytes(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_add(&sb, "a\0b", 3);
	strbuf_addstr(&sb, "c");
	CHECK(u, sb.len == 4 && memcmp(sb.buf, "a\0bc", 5) == 0);
	strbuf_add(&sb, "", 0);
	CHECK(u, sb.len == 4);
	strbuf_release(&sb);
}

static void formats(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;
	char wide[5000];

	strbuf_addf(&sb, "%d %s", 7, "x");
	CHECK_STR(u, sb.buf, "7 x");
	memset(wide, 'w', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	strbuf_addf(&sb, "<%s>", wide);
	CHECK(u, sb.len == 3 + 2 + sizeof(wide) - 1);
	CHECK(u, sb.buf[sb.len - 1] == '>');
	strbuf_release(&sb);
}

static void detaches(struct unit *u)
{
	struct strbuf sb = STRBUF_INIT;
	size_t len;
	char *s;

	strbuf_addstr(&sb, "text");
	s = strbuf_detach(&sb, &len);
	CHECK_STR(u, s, "text");
	CHECK(u, len == 4);
	CHECK_STR(u, sb.buf, "");
	free(s);
	s = strbuf_detach(&sb, NULL);
	CHECK_STR(u, s, "");
	free(s);
	strbuf_release(&sb);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"a string when empty", is_a_string_when_empty},
	        {"grows", grows},
	        {"holds NUL bytes", holds_nul_bytes},
	        {"formats", formats},
	        {"detaches", detaches},
	        UNIT_END,
	};

	return unit_run(tests);
}
