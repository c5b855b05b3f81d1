/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/tilde.h"

#include <pwd.h>
#include <string.h>

#include "shell/var.h"

const char *tilde_directory(struct task *t, const char *tilde, size_t len)
{
	struct passwd *pw;
	char *name;
	size_t n;

	if (len == 1)
		return var_get(t, t->sh->known.home, &n);
	name = arena_strndup(&t->scratch, tilde + 1, len - 1);
	pw = getpwnam(name);
	return pw ? pw->pw_dir : NULL;
}
