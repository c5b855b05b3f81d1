/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/shell.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

void frame_free_args(struct frame *f)
{
	if (f->argv_owned)
		free(f->argv_base);
	f->argv_owned = false;
	f->argv_base = NULL;
}

void frame_set_args(struct frame *f, int argc, char *const *argv)
{
	size_t n = (size_t)argc;
	size_t size = (n + 1) * sizeof(char *);
	for (size_t i = 0; i < n; i++)
		size += strlen(argv[i]) + 1;

	char **copy = xmalloc(size);
	char *p = (char *)(copy + n + 1);
	for (size_t i = 0; i < n; i++) {
		copy[i] = p;
		p = stpcpy(p, argv[i]) + 1;
	}
	copy[n] = NULL;

	frame_free_args(f);
	f->argc = argc;
	f->argv = copy;
	f->argv_base = copy;
	f->argv_owned = true;
	f->getopts_pos = 0;
}
