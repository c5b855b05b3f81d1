/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "shell/base/utf8.h"
#include "shell/pattern.h"
#include "tests/unit/unit.h"

#define NONE ((size_t)-1)

static bool matches(bool utf8, const char *pat, const char *mask, const char *s)
{
	struct arena a = {0};
	size_t len = strlen(pat);
	struct pattern *p;
	char bits[64] = "";
	bool r;

	/* A mask is written with x below each quoted byte. */
	for (size_t i = 0; mask && i < len; i++)
		bits[i] = mask[i] == 'x';
	p = pattern_compile(&a, utf8, pat, mask ? bits : NULL, len);
	r = pattern_match(p, s, strlen(s));
	arena_free(&a);
	return r;
}

struct match_case {
	const char *pat, *mask;
	const char *yes[4], *no[5];
};

static void check_cases(
        struct unit *u, bool utf8, const struct match_case *c, size_t n)
{
	for (; n--; c++) {
		for (int i = 0; i < 4 && c->yes[i]; i++) {
			if (!CHECK(u,
			            matches(utf8, c->pat, c->mask, c->yes[i])))
				printf("# %s on %s\n", c->pat, c->yes[i]);
		}
		for (int i = 0; i < 5 && c->no[i]; i++) {
			if (!CHECK(u,
			            !matches(utf8, c->pat, c->mask, c->no[i])))
				printf("# %s on %s\n", c->pat, c->no[i]);
		}
	}
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void stars(struct unit *u)
{
	static const struct match_case cases[] = {
	        {"", NULL, {""}, {"a"}},
	        {"abc", NULL, {"abc"}, {"ab", "abcd", "", "xbc"}},
	        {"*", NULL, {"", "a", "a/b"}, {NULL}},
	        {"**", NULL, {"", "ab"}, {NULL}},
	        {"?", NULL, {"a", "/"}, {"", "ab"}},
	        {"a*", NULL, {"a", "abc"}, {"", "ba"}},
	        {"*a", NULL, {"a", "bca", "aa"}, {"", "ab"}},
	        {"a*a", NULL, {"aa", "aba"}, {"a", "ab"}},
	        {"*b*", NULL, {"b", "abc"}, {"", "ac"}},
	        {"a*b*c", NULL, {"abc", "aXbXc", "abbcc"}, {"acb", "ab"}},
	        {"*ab*ab", NULL, {"abab", "xababab"}, {"ab", "aab"}},
	        {"?*?", NULL, {"ab", "abc"}, {"a", ""}},
	        {"*?", NULL, {"a", "ab"}, {""}},
	        {"*a?c*", NULL, {"abc", "xxaaacx"}, {"ac", "abbc"}},
	        {"\\*", NULL, {"*"}, {"a", "\\*"}},
	        {"a\\", NULL, {"a\\"}, {"a"}},
	        {"*", "x", {"*"}, {"a", ""}},
	        {"?*", "x ", {"?", "?a"}, {"a"}},
	        {"\\*", "x ", {"\\", "\\a"}, {"*"}},
	};

	check_cases(u, true, cases, COUNT(cases));
	check_cases(u, false, cases, COUNT(cases));
}

static void brackets(struct unit *u)
{
	static const struct match_case cases[] = {
	        {"[abc]", NULL, {"a", "c"}, {"d", "", "ab"}},
	        {"[!abc]", NULL, {"d", "!"}, {"a", ""}},
	        {"[^abc]", NULL, {"d", "^"}, {"a"}},
	        {"[a!]", NULL, {"a", "!"}, {"b"}},
	        {"[a-c]x", NULL, {"bx"}, {"-x", "dx"}},
	        {"[a-]", NULL, {"a", "-"}, {"b"}},
	        {"[-a]", NULL, {"a", "-"}, {"b"}},
	        {"[c-a]", NULL, {NULL}, {"a", "b", "c"}},
	        {"[]a]", NULL, {"]", "a"}, {"b"}},
	        {"[!]a]", NULL, {"b"}, {"]", "a"}},
	        {"[a", NULL, {"[a"}, {"a"}},
	        {"[]", NULL, {"[]"}, {"]"}},
	        {"[!]", NULL, {"[!]"}, {"a"}},
	        {"a[b*", NULL, {"a[b", "a[bc"}, {"ab"}},
	        {"[[:alpha:]]", NULL, {"a", "Z"}, {"1", ":", "["}},
	        {"[![:digit:]x]", NULL, {"a"}, {"1", "x"}},
	        {"[[:digit:]-]", NULL, {"1", "-"}, {"a"}},
	        {"[[:nothing:]a]", NULL, {"a"}, {"n", ":"}},
	        {"[[:alpha]", NULL, {"[", ":", "a"}, {"b"}},
	        {"[[.-.]]", NULL, {"-"}, {"."}},
	        {"[[.].]]", NULL, {"]"}, {"."}},
	        {"[[.a.]-c]", NULL, {"b"}, {"-", "."}},
	        {"[[=a=]b]", NULL, {"a", "b"}, {"="}},
	        {"[\\]]", NULL, {"]"}, {"\\"}},
	        {"[a\\-c]", NULL, {"a", "-", "c"}, {"b", "\\"}},
	        {"[\\!a]", NULL, {"!", "a"}, {"b"}},
	        {"[a]]", "  x ", {"a", "]"}, {"b", "a]"}},
	        {"[a-c]", "  x  ", {"a", "-", "c"}, {"b"}},
	        {"[!a]", " x  ", {"!", "a"}, {"b"}},
	        {"[a]", "x  ", {"[a]"}, {"a"}},
	        {"[a]", "  x", {"[a]"}, {"a"}},
	        {"[\\a]", " x  ", {"\\", "a"}, {"b"}},
	        {"[/]", NULL, {"/"}, {"a"}},
	};

	check_cases(u, true, cases, COUNT(cases));
	check_cases(u, false, cases, COUNT(cases));
}

static void characters(struct unit *u)
{
	static const struct match_case utf8[] = {
	        {"?", NULL, {"\xc3\xa9", "\xff", "\xc3"}, {"\xc3\xa9z"}},
	        {"??", NULL, {"\xc3\xc3", "\xa9\xc3"}, {"\xc3\xa9"}},
	        {"*\xa9", NULL, {"\xa9", "a\xa9"}, {"\xc3\xa9"}},
	        {"\xc3*", NULL, {"\xc3z"}, {"\xc3\xa9"}},
	        {"*\xc3\xa9*", NULL, {"\xc3\xa9", "\xe2\xc3\xa9x"}, {"\xc3"}},
	        {"[\xc3\xa8-\xc3\xaa]", NULL, {"\xc3\xa9"}, {"\xc3\xab", "e"}},
	        {"[!a]", NULL, {"\xe2\x82\xac", "\x80"}, {"\xc3\xa9z"}},
	        {"[[:upper:]]", NULL, {"\xc3\x89"}, {"\xc3\xa9", "\xc3"}},
	        {"[[.\xc3\xa9.]]", NULL, {"\xc3\xa9"}, {"\xc3", "."}},
	};
	static const struct match_case bytes[] = {
	        {"??", NULL, {"\xc3\xa9"}, {"\xc3"}},
	        {"*\xa9", NULL, {"\xc3\xa9"}, {"\xc3"}},
	        {"[\xa0-\xaf]", NULL, {"\xa9"}, {"\xc3\xa9", "\xb0"}},
	};

	check_cases(u, true, utf8, COUNT(utf8));
	check_cases(u, false, bytes, COUNT(bytes));
}

static void literals(struct unit *u)
{
	struct arena a = {0};
	size_t len = 0;
	struct pattern *p = pattern_compile(&a, true, "a\\*[b", NULL, 5);

	CHECK_STR(u, pattern_literal(p, &len), "a*[b");
	CHECK(u, len == 4);
	p = pattern_compile(&a, true, "", NULL, 0);
	CHECK(u, pattern_literal(p, &len) && len == 0);
	p = pattern_compile(&a, true, "a*", NULL, 2);
	CHECK(u, !pattern_literal(p, &len));
	arena_free(&a);
}

/* What the answers are by definition: try every character boundary. */
static size_t search(const struct pattern *p, const char *s, size_t len,
        bool suffix, bool longest)
{
	size_t found = NONE;

	for (size_t i = 0;; i += char_len(true, s + i, len - i)) {
		bool match = suffix ? pattern_match(p, s + i, len - i)
		                    : pattern_match(p, s, i);

		if (match && (found == NONE || suffix != longest))
			found = i;
		if (i == len)
			return found;
	}
}

/* As simple as it can be: is the rest of S matched by the rest of PAT? */
static bool simple_match(const char *pat, const char *s)
{
	if (!*pat)
		return !*s;
	if (*pat == '*')
		return simple_match(pat + 1, s) ||
		       (*s && simple_match(pat, s + 1));
	if (!*s)
		return false;
	if (*pat == '[') /* the only one used is [ab] */
		return (*s == 'a' || *s == 'b') && simple_match(pat + 4, s + 1);
	return (*pat == '?' || *pat == *s) && simple_match(pat + 1, s + 1);
}

static void random_text(char *out, int max, const char *const *from, int n)
{
	*out = '\0';
	for (int len = rand() % max; len > 0; len--)
		strcat(out, from[rand() % n]);
}

static bool check_searches(struct unit *u, const struct pattern *p,
        const char *s, size_t len, const char *pat)
{
	bool good = true;

	for (int longest = 0; longest < 2; longest++) {
		good &= CHECK(u, pattern_prefix(p, s, len, longest) ==
		                         search(p, s, len, false, longest));
		good &= CHECK(u, pattern_suffix(p, s, len, longest) ==
		                         search(p, s, len, true, longest));
	}
	if (!good)
		printf("# %s on %s\n", pat, s);
	return good;
}

static void against_definition(struct unit *u)
{
	static const char *const pats[] = {
	        "*", "*", "?", "a", "b", "[ab]", "c", "\xc3\xa9", "\xc3"};
	static const char *const texts[] = {
	        "a", "b", "a", "c", "\xc3\xa9", "\xc3", "\xa9"};

	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct arena a = {0};
		char pat[64], s[64];
		/* Of every other round the text is ASCII only. */
		int odd = i % 2;
		struct pattern *p;
		size_t len;
		bool good;

		random_text(pat, 7, pats, odd ? 7 : 9);
		random_text(s, 10, texts, odd ? 4 : 7);
		len = strlen(s);
		p = pattern_compile(&a, true, pat, NULL, strlen(pat));
		good = check_searches(u, p, s, len, pat);
		if (odd && !CHECK(u, pattern_match(p, s, len) ==
		                             simple_match(pat, s)))
			good = false;
		arena_free(&a);
		if (!good) {
			printf("# %s on %s\n", pat, s);
			return;
		}
	}
}

/* These take for ever when anything is tried again and again. */
static void large(struct unit *u)
{
	size_t len = 1u << 20;
	char *s = malloc(len);
	struct arena a = {0};
	static const char *const pats[] = {"*x", "x*", "*a*b*c*x", "a*a*a*a*x",
	        "*x*", "x", "*[xy]", "[xy]*", "?*x", "*/*", "*b?"};

	if (!CHECK(u, s != NULL))
		return;
	memset(s, 'a', len);
	for (size_t i = 0; i < COUNT(pats); i++) {
		struct pattern *p = pattern_compile(
		        &a, true, pats[i], NULL, strlen(pats[i]));

		CHECK(u, !pattern_match(p, s, len));
		for (int longest = 0; longest < 2; longest++) {
			CHECK(u, pattern_prefix(p, s, len, longest) == NONE);
			CHECK(u, pattern_suffix(p, s, len, longest) == NONE);
		}
	}
	memset(s, '[', len);
	CHECK(u,
	        pattern_match(pattern_compile(&a, true, s, NULL, len), s, len));
	arena_free(&a);
	free(s);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"pattern: stars and question marks", stars},
	        {"pattern: bracket expressions", brackets},
	        {"pattern: characters and bytes", characters},
	        {"pattern: literal text", literals},
	        {"pattern: searches agree with their definition",
	                against_definition},
	        {"pattern: large subjects", large},
	        UNIT_END,
	};

	return unit_run(tests);
}
