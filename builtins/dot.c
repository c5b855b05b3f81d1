/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "shell/command.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/var.h"

static int open_script(struct task *t, const char *name, const char **path)
{
	bool search = !strchr(name, '/');
	const char *why = search ? "not found in PATH" : "not found";
	struct stat st;
	int fd = -1;

	*path = search ? command_find_readable(t, name) : name;
	if (*path) {
		fd = fd_open(t->sh, *path, O_RDONLY, 0);
		if (fd < 0 && errno != ENOENT)
			why = strerror(errno);
	}
	if (fd >= 0 && (fstat(fd, &st) < 0 || S_ISDIR(st.st_mode))) {
		fd_close_private(t->sh, fd);
		fd = -1;
		why = "is a directory";
	}
	if (fd < 0)
		builtin_error(t, 1, "%s: %s", name, why);
	return fd;
}

static int run(struct task *t, int argc, char **argv)
{
	struct frame frame = {.up = t->frame, .func = t->frame->func};
	const char *path;
	enum flow flow;
	int fd, i = opt_none(t, argv);

	if (i < 0)
		return special_error(t, 2);
	if (i == argc)
		return special_error(
		        t, builtin_error(t, 2, "file name missing"));
	fd = open_script(t, argv[i], &path);
	if (fd < 0)
		return special_error(t, 1);
	if (argc - i == 1 || opt_on(t->sh, OPT_POSIX)) {
		flow = eval_file(t, path, fd);
	} else {
		frame_set_args(&frame, argc - i - 1, argv + i + 1);
		t->frame = &frame;
		flow = eval_file(t, path, fd);
		t->frame = frame.up;
		var_restore(t, &frame);
		frame_free_args(&frame);
	}
	fd_close_private(t->sh, fd);
	if (flow != FLOW_NEXT)
		return builtin_flow(t, flow, t->status);
	return t->status;
}

const struct builtin builtin_source = {
        .name = "source",
        .flags = BUILTIN_SPECIAL | BUILTIN_EXTENSION,
        .run = run,
        .synopsis = "source file [argument...]",
        .summary = "run the commands of a file in this shell, like .",
};

const struct builtin builtin_dot = {
        .name = ".",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = ". file [argument...]",
        .summary = "run the commands of a file in this shell",
        .help = "A name without a slash is looked for along PATH. Arguments,\n"
                "an extension, are the positional parameters meanwhile.\n",
};
