/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/arena.h"

#include "tests/unit/unit.h"

static void aligns(struct unit *u)
{
	struct arena a = {0};
	size_t size;

	for (size = 1; size < 100; size++) {
		char *p = arena_alloc(&a, size);

		memset(p, 'x', size);
		if (!CHECK(u, (uintptr_t)p % ARENA_ALIGN == 0))
			break;
	}
	arena_free(&a);
}

static void keeps_what_is_older_than_the_mark(struct unit *u)
{
	struct arena a = {0};
	char *old = arena_strndup(&a, "old text", 3);
	struct arena_mark mark = arena_mark(&a);
	int i;

	for (i = 0; i < 1000; i++)
		memset(arena_alloc(&a, 1000), 'x', 1000);
	memset(arena_alloc(&a, 1u << 20), 'y', 1u << 20);
	arena_release(&a, mark);
	CHECK_STR(u, old, "old");
	CHECK(u, a.p == mark.p);
	memset(arena_alloc(&a, 100), 'z', 100);
	CHECK_STR(u, old, "old");
	arena_free(&a);
}

static void can_be_released_when_empty(struct unit *u)
{
	struct arena a = {0};
	struct arena_mark mark = arena_mark(&a);

	arena_release(&a, mark);
	memset(arena_alloc(&a, 10000), 'x', 10000);
	arena_release(&a, mark);
	memset(arena_alloc(&a, 10), 'x', 10);
	arena_free(&a);
	CHECK(u, !a.chunk && !a.spare && a.p == a.end);
	memset(arena_alloc(&a, 10), 'x', 10);
	arena_free(&a);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"aligns", aligns},
	        {"keeps what is older than the mark",
	                keeps_what_is_older_than_the_mark},
	        {"can be released when empty", can_be_released_when_empty},
	        UNIT_END,
	};

	return unit_run(tests);
}
