/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/arena.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	_Alignas(max_align_t) char data[];
};

enum {
	CHUNK_FIRST = 1024 - 64,    /* most trees are small */
	CHUNK_MAX = 64 * 1024 - 64, /* and no chunk is kept that is larger */
};

static struct arena_chunk *chunk_new(struct arena *a, size_t size)
{
	struct arena_chunk *c;
	size_t want = a->chunk ? a->chunk->size * 2 : CHUNK_FIRST;

	if (a->spare && a->spare->size >= size) {
		c = a->spare;
		a->spare = NULL;
		return c;
	}
	if (want > CHUNK_MAX)
		want = CHUNK_MAX;
	if (want < size)
		want = size;
	if (want > SIZE_MAX - sizeof(*c))
		want = SIZE_MAX - sizeof(*c);
	c = xmalloc(sizeof(*c) + want);
	c->size = want;
	return c;
}

void *arena_alloc_slow(struct arena *a, size_t size)
{
	struct arena_chunk *c = chunk_new(a, size);
	char *r = c->data;

	c->older = a->chunk;
	a->chunk = c;
	a->p = r + size;
	a->end = r + c->size;
	return r;
}

/*
 * The largest chunk of moderate size is kept, so that work that just
 * crosses the end of a chunk does not allocate each time.
 */
static void chunk_drop(struct arena *a, struct arena_chunk *c)
{
	if (c->size <= CHUNK_MAX && (!a->spare || a->spare->size < c->size)) {
		struct arena_chunk *smaller = a->spare;

		a->spare = c;
		c = smaller;
	}
	free(c);
}

void arena_release(struct arena *a, struct arena_mark mark)
{
	struct arena_chunk *c;

	if (a->chunk == mark.chunk) {
		a->p = mark.p;
		return;
	}
	while ((c = a->chunk) != mark.chunk) {
		a->chunk = c->older;
		chunk_drop(a, c);
	}
	a->p = mark.p;
	a->end = a->chunk ? a->chunk->data + a->chunk->size : NULL;
}

void arena_free(struct arena *a)
{
	struct arena_chunk *c, *older;

	for (c = a->chunk; c; c = older) {
		older = c->older;
		free(c);
	}
	free(a->spare);
	*a = (struct arena){0};
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *r = arena_alloc(a, len + 1);

	memcpy(r, s, len);
	r[len] = '\0';
	return r;
}
