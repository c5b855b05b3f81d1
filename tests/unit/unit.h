/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_UNIT_H
#define MARSH_UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/**
 * A unit test is a program with functions `static void NAME(struct unit *u)`
 * that use the CHECK macros, run by `return unit_run(tests);` in main().
 */
struct unit {
	bool failed;
};

struct unit_test {
	const char *name;
	void (*run)(struct unit *u);
};

/** Ends a list of tests. */
#define UNIT_END           \
	{                  \
		NULL, NULL \
	}

/** Note a failure and go on when COND is false. */
#define CHECK(u, cond) unit_check(u, cond, __FILE__, __LINE__, #cond)
/** The same for two strings that must be equal. */
#define CHECK_STR(u, got, want) \
	unit_check_str(u, got, want, __FILE__, __LINE__, #got)

static inline bool unit_check(
        struct unit *u, bool cond, const char *file, int line, const char *text)
{
	if (!cond) {
		u->failed = true;
		printf("# %s:%d: not true: %s\n", file, line, text);
	}
	return cond;
}

static inline bool unit_check_str(struct unit *u, const char *got,
        const char *want, const char *file, int line, const char *text)
{
	if (got && strcmp(got, want) == 0)
		return true;
	u->failed = true;
	printf("# %s:%d: %s is \"%s\", not \"%s\"\n", file, line, text,
	        got ? got : "(null)", want);
	return false;
}

/** Run TESTS; returns main()'s status. */
static inline int unit_run(const struct unit_test *tests)
{
	int n = 0, failures = 0;

	for (; tests[n].name; n++) {
		struct unit u = {false};

		tests[n].run(&u);
		printf("%sok %d - %s\n", u.failed ? "not " : "", n + 1,
		        tests[n].name);
		fflush(stdout); /* what a later test's crash must not lose */
		failures += u.failed;
	}
	printf("1..%d\n", n);
	return failures > 0;
}

#endif
