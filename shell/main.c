/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "jobs/tty.h"
#include "shell/args.h"
#include "shell/base/xalloc.h"
#include "shell/cwd.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/expand.h"
#include "shell/fd.h"
#include "shell/input.h"
#include "shell/option.h"
#include "shell/out.h"
#include "shell/parse.h"
#include "shell/repl.h"
#include "shell/trap.h"
#include "shell/var.h"

/* The last component of how the shell was called, without a login dash. */
static const char *base_name(const char *s)
{
	const char *slash = strrchr(s, '/');

	if (slash)
		s = slash + 1;
	return *s == '-' ? s + 1 : s;
}

/* Does the file begin like a binary: a NUL byte in its first line? */
static bool is_binary(int fd)
{
	char buf[256];
	ssize_t n = pread(fd, buf, sizeof(buf), 0);
	char *nul, *nl;

	if (n <= 0)
		return false;
	nul = memchr(buf, '\0', (size_t)n);
	nl = memchr(buf, '\n', (size_t)n);
	return nul && (!nl || nul < nl);
}

/* Open the script operand; -1 after a message, t->status 126 or 127. */
static int open_script(struct task *t, const char *path)
{
	struct stat st;
	int fd = fd_open(t->sh, path, O_RDONLY, 0);

	t->status = 126;
	if (fd < 0) {
		t->status = errno == ENOENT || errno == ENOTDIR ? 127 : 126;
		diag(t, "%s: cannot open: %s", path, strerror(errno));
	} else if (!fstat(fd, &st) && S_ISDIR(st.st_mode)) {
		diag(t, "%s: cannot run: is a directory", path);
		fd_close_private(t->sh, fd);
		fd = -1;
	} else if (is_binary(fd)) {
		diag(t, "%s: cannot run: is a binary file", path);
		fd_close_private(t->sh, fd);
		fd = -1;
	}
	if (fd >= 0)
		t->status = 0;
	return fd;
}

/* Run a start-up file if there is one; false when the shell is to exit. */
static bool start_up_file(struct task *t, const char *path)
{
	int fd = fd_open(t->sh, path, O_RDONLY, 0);
	enum flow flow;

	if (fd < 0)
		return true;
	flow = eval_file(t, path, fd);
	fd_close_private(t->sh, fd);
	return flow != FLOW_EXIT;
}

static bool login_files(struct task *t)
{
	struct strbuf sb = STRBUF_INIT;
	const char *home = var_get_name(t, "HOME");
	bool ok = start_up_file(t, "/etc/profile");

	if (ok && home) {
		strbuf_addf(&sb, "%s/.profile", home);
		ok = start_up_file(t, sb.buf);
	}
	strbuf_release(&sb);
	return ok;
}

/* $ENV names a file that interactive shells run first. */
static bool env_file(struct task *t)
{
	struct strbuf sb = STRBUF_INIT;
	bool ok = true;

	if (getuid() != geteuid() || getgid() != getegid())
		return true;
	prompt_expand(t, t->sh->known.env, &sb);
	if (sb.len)
		ok = start_up_file(t, sb.buf);
	strbuf_release(&sb);
	return ok;
}

static bool is_interactive(const struct shell_args *a)
{
	if (a->on & OPT_INTERACTIVE)
		return true;
	return !(a->off & OPT_INTERACTIVE) && !a->command && !a->script &&
	       isatty(0) && isatty(2);
}

/* The options of the command line, and what an interactive shell adds. */
static int init_options(struct task *t, struct shell_args *a)
{
	if (is_interactive(a)) {
		a->on |= OPT_INTERACTIVE;
		/* without a terminal it does without job control */
		if (!(a->off & OPT_MONITOR) && isatty(2))
			a->on |= OPT_MONITOR;
	}
	for (unsigned bit = 1; bit <= OPT_LOGIN; bit <<= 1) {
		if (bit == OPT_MONITOR || !(a->on & bit))
			continue;
		if (option_set(t, bit, true))
			return -1;
	}
	if (a->on & OPT_MONITOR && option_set(t, OPT_MONITOR, true) &&
	        !(a->on & OPT_INTERACTIVE))
		return -1;
	return 0;
}

static void run_script(struct task *t, const char *path)
{
	struct input in;
	int fd = open_script(t, path);

	if (fd < 0)
		return;
	t->sh->script = xstrdup(path);
	input_fd(&in, INPUT_FILE, fd);
	repl(t, &in);
	input_release(&in);
}

static void run_stdin(struct task *t)
{
	struct input in;

	input_fd(&in, opt_on(t->sh, OPT_INTERACTIVE) ? INPUT_TTY : INPUT_EXACT,
	        0);
	repl(t, &in);
	input_release(&in);
}

static void run(struct task *t, const struct shell_args *a)
{
	struct shell *sh = t->sh;

	if (opt_on(sh, OPT_LOGIN) && !login_files(t))
		return;
	if (opt_on(sh, OPT_INTERACTIVE) && !env_file(t))
		return;
	if (a->command) {
		t->status = 0;
		if (eval_text(t, a->command, strlen(a->command), 1,
		            EVAL_TAIL) == FLOW_ABORT &&
		        t->status == 0)
			t->status = 2;
	} else if (a->script) {
		run_script(t, a->script);
	} else {
		run_stdin(t);
	}
}

static int start(struct task *t, int argc, char **argv)
{
	struct shell *sh = t->sh;
	struct shell_args a;

	sh->name = argc > 0 ? argv[0] : (char *)sh->arg0;
	if (shell_args_parse(t, argc, argv, &a))
		return 2;
	if (a.version || a.help) {
		t->builtin = sh->arg0;
		if (a.version)
			out_printf(t, "marsh %s\n", PACKAGE_VERSION);
		else
			shell_args_help(t);
		return out_flush(t) ? 1 : 0;
	}
	if (argc > 0 && argv[0][0] == '-')
		a.on |= OPT_LOGIN;
	if (!strcmp(sh->arg0, "sh"))
		a.on |= OPT_POSIX;
	t->frame->argc = a.argc;
	t->frame->argv = a.argv;
	cwd_init(t);
	if (init_options(t, &a))
		return 2;
	run(t, &a);
	trap_run_exit(t);
	option_set(t, OPT_MONITOR, false); /* gives the terminal back */
	return t->status;
}

int main(int argc, char **argv)
{
	struct shell sh;
	struct task t;
	int status;

	signal_init();
	shell_init(
	        &sh, &t, argc > 0 && *argv[0] ? base_name(argv[0]) : "marsh");
	var_import(&t, environ);
	status = start(&t, argc, argv);
#ifdef MARSH_LEAK_CHECK
	shell_free(&sh);
	exit(status);
#endif
	_exit(status);
}
