/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/base/xalloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *check(void *p)
{
	static const char message[] = "marsh: out of memory\n";

	if (!p) {
		if (write(2, message, sizeof(message) - 1) < 0)
			_exit(2);
		_exit(2);
	}
	return p;
}

void *xmalloc(size_t size)
{
	return check(malloc(size ? size : 1));
}

void *xcalloc(size_t n, size_t size)
{
	return check(n && size ? calloc(n, size) : calloc(1, 1));
}

void *xrealloc(void *p, size_t size)
{
	return check(realloc(p, size ? size : 1));
}

char *xstrdup(const char *s)
{
	return xmemdup0(s, strlen(s));
}

char *xmemdup0(const char *s, size_t len)
{
	char *r = xmalloc(len + 1);

	memcpy(r, s, len);
	r[len] = '\0';
	return r;
}
