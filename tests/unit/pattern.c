/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/pattern.h"

#include <time.h>

#include "tests/unit/unit.h"

struct row {
	const char *pattern;
	const char *subject;
	bool matches;
};

static bool matches(const char *pattern, const char *mask, const char *s)
{
	struct arena arena = {0};
	const struct pattern *p =
	        pattern_compile(&arena, true, pattern, mask, strlen(pattern));
	bool result = pattern_match(p, s, strlen(s));

	arena_free(&arena);
	return result;
}

static void matches_the_whole(struct unit *u)
{
	static const struct row rows[] = {
	        {"", "", true},
	        {"", "a", false},
	        {"*", "", true},
	        {"a*", "abc", true},
	        {"a*c", "abcb", false},
	        {"*b*", "abc", true},
	        {"?", "\xC3\xA4", true},
	        {"??", "\xC3\xA4", false},
	        {"?", "\xFF", true},
	        {"[abc]", "b", true},
	        {"[!abc]", "b", false},
	        {"[a-c]x", "bx", true},
	        {"[]a]", "]", true},
	        {"[!]a]", "b", true},
	        {"[a-]", "-", true},
	        {"[[:digit:]]", "5", true},
	        {"[[:digit:]]", "a", false},
	        {"[[:alpha:][:digit:]]", "5", true},
	        {"[[.-.]]", "-", true},
	        {"[[=a=]]", "a", true},
	        {"[\xC3\xA4]", "\xC3\xA4", true},
	        {"[", "[", true},
	        {"[a", "[a", true},
	        {"a[b", "a[b", true},
	        {"\\*", "*", true},
	        {"\\*", "a", false},
	        {"[\\]]", "]", true},
	        {"***a***", "a", true},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *r = &rows[i];

		if (matches(r->pattern, NULL, r->subject) != r->matches) {
			u->failed = true;
			printf("# \"%s\" and \"%s\"\n", r->pattern, r->subject);
		}
	}
}

static void quoted_bytes_are_literal(struct unit *u)
{
	CHECK(u, matches("*", "\1", "*"));
	CHECK(u, !matches("*", "\1", "a"));
	CHECK(u, matches("[a]", "\1\0\0", "[a]"));
	CHECK(u, !matches("[a]", "\1\0\0", "a"));
	CHECK(u, matches("[a-c]", "\0\0\1\0\0", "-"));
	CHECK(u, !matches("[a-c]", "\0\0\1\0\0", "b"));
}

static void finds_prefixes_and_suffixes(struct unit *u)
{
	struct arena arena = {0};
	const struct pattern *p = pattern_compile(&arena, true, "*/", NULL, 2);
	const struct pattern *q = pattern_compile(&arena, true, "/*", NULL, 2);
	const size_t none = (size_t)-1;

	CHECK(u, pattern_prefix(p, "a/b/c", 5, false) == 2);
	CHECK(u, pattern_prefix(p, "a/b/c", 5, true) == 4);
	CHECK(u, pattern_prefix(p, "abc", 3, true) == none);
	CHECK(u, pattern_suffix(q, "a/b/c", 5, false) == 3);
	CHECK(u, pattern_suffix(q, "a/b/c", 5, true) == 1);
	CHECK(u, pattern_suffix(q, "abc", 3, false) == none);
	arena_free(&arena);
}

static void takes_no_exponential_time(struct unit *u)
{
	char subject[2001], pattern[61] = "";
	clock_t start = clock();
	int i;

	memset(subject, 'a', sizeof(subject) - 1);
	subject[sizeof(subject) - 1] = '\0';
	for (i = 0; i < 29; i++)
		strcat(pattern, "a*");
	strcat(pattern, "b");
	CHECK(u, !matches(pattern, NULL, subject));
	CHECK(u, clock() - start < CLOCKS_PER_SEC);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"matches the whole", matches_the_whole},
	        {"quoted bytes are literal", quoted_bytes_are_literal},
	        {"finds prefixes and suffixes", finds_prefixes_and_suffixes},
	        {"takes no exponential time", takes_no_exponential_time},
	        UNIT_END,
	};

	return unit_run(tests);
}
