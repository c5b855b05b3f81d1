/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_XALLOC_H
#define MARSH_XALLOC_H

#include <stddef.h>

/**
 * Allocation that never returns NULL: when memory is exhausted the process
 * says "marsh: out of memory" on descriptor 2 and exits with status 2.
 * The caller owns what is returned and releases it with free().
 */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
/** Copy LEN bytes and add a terminating NUL. */
char *xmemdup0(const char *s, size_t len);

#endif
