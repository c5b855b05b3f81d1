/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/cwd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/var.h"

static bool has_dots(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, "/");

		if ((len == 1 && path[0] == '.') ||
		        (len == 2 && path[0] == '.' && path[1] == '.'))
			return true;
		path += len;
		path += *path == '/';
	}
	return false;
}

const char *cwd_logical(const char *pwd)
{
	struct stat named, here;

	if (!pwd || pwd[0] != '/' || has_dots(pwd))
		return NULL;
	if (stat(pwd, &named) < 0 || stat(".", &here) < 0)
		return NULL;
	if (named.st_dev != here.st_dev || named.st_ino != here.st_ino)
		return NULL;
	return pwd;
}

void cwd_init(struct task *t)
{
	struct sym *pwd = t->sh->known.pwd;
	char *cwd;

	if (cwd_logical(var_get(t, pwd, NULL)))
		return;
	cwd = getcwd(NULL, 0);
	if (cwd)
		var_set_str(t, pwd, cwd);
	else if (var_get(t, pwd, NULL))
		var_unset(t, pwd);
	free(cwd);
}
