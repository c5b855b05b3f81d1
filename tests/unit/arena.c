/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/arena.h"
#include "tests/unit/unit.h"

static void aligned(struct unit *u)
{
	struct arena a = {0};

	for (size_t i = 1; i < 2000; i++) {
		char *p = arena_alloc(&a, i % 37);

		if (!CHECK(u, (uintptr_t)p % ARENA_ALIGN == 0) || !p)
			break;
		memset(p, 0x5a, i % 37);
	}
	arena_free(&a);
	CHECK(u, a.chunk == NULL && a.p == NULL);
}

static void releases(struct unit *u)
{
	struct arena a = {0};
	struct arena_mark start = arena_mark(&a), mark;
	char *kept = arena_strndup(&a, "kept text", 4);
	char *next;

	mark = arena_mark(&a);
	next = arena_alloc(&a, 8);
	for (int round = 0; round < 3; round++) {
		arena_release(&a, mark);
		CHECK(u, arena_alloc(&a, 8) == next);
		for (int i = 0; i < 100; i++)
			memset(arena_alloc(&a, 5000), i, 5000);
		CHECK_STR(u, kept, "kept");
	}
	arena_release(&a, start);
	CHECK(u, a.chunk == NULL);
	CHECK_STR(u, arena_strndup(&a, "again", 5), "again");
	arena_free(&a);
}

static void large(struct unit *u)
{
	struct arena a = {0};
	struct arena_mark mark;
	char *p;

	arena_alloc(&a, 16);
	mark = arena_mark(&a);
	p = arena_alloc(&a, 3u << 20);
	memset(p, 1, 3u << 20);
	CHECK(u, arena_alloc(&a, 16) != NULL);
	arena_release(&a, mark);
	CHECK(u, a.p == mark.p && a.chunk == mark.chunk);
	arena_free(&a);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"arena: alignment", aligned},
	        {"arena: release to a mark", releases},
	        {"arena: large pieces", large},
	        UNIT_END,
	};

	return unit_run(tests);
}
