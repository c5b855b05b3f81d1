/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ARENA_H
#define MARSH_ARENA_H

#include <stddef.h>
#include <stdint.h>

/**
 * Memory released all at once, or back to a mark. Used for syntax trees
 * (one arena each) and for the expansion scratch of a task.
 */
struct arena_chunk;

struct arena {
	struct arena_chunk *chunk; /* newest chunk, linked to older ones */
	char *p;                   /* next free byte */
	char *end;                 /* end of the newest chunk */
	struct arena_chunk *spare; /* kept when released, or NULL */
};

struct arena_mark {
	struct arena_chunk *chunk;
	char *p;
};

#define ARENA_ALIGN 8u

void *arena_alloc_slow(struct arena *a, size_t size);
/** Release every chunk. The arena is empty and usable afterwards. */
void arena_free(struct arena *a);
/** Release what was allocated after MARK was taken. */
void arena_release(struct arena *a, struct arena_mark mark);
/** Copy of LEN bytes at S with a NUL added. */
char *arena_strndup(struct arena *a, const char *s, size_t len);

static inline void *arena_alloc(struct arena *a, size_t size)
{
	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (size <= (size_t)(a->end - a->p)) {
		void *r = a->p;
		a->p += size;
		return r;
	}
	return arena_alloc_slow(a, size);
}

static inline struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){a->chunk, a->p};
}

#endif
