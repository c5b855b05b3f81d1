/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <string.h>

#include "jobs/communicate.h"
#include "jobs/job.h"
#include "shell/command.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/process.h"
#include "shell/var.h"

struct conversation {
	struct task *t;
	int argc;
	char **argv;
	const char *out_name; /* -o, or NULL */
	const char *err_name; /* -e, or NULL */
	struct communicate c;
};

/** In the child: a function or builtin. */
static void run_code(struct task *t, void *ctx)
{
	const struct conversation *v = ctx;
	struct sym *sym;

	sym = sym_find(&t->sh->syms, v->argv[0], strlen(v->argv[0]));
	if (sym && sym->func)
		function_call(t, sym, v->argc, v->argv, EVAL_TAIL);
	else
		command_run(t, v->argc, v->argv, false);
}

static pid_t start(struct conversation *v, struct job *job)
{
	struct task *t = v->t;
	struct launch l = {.job = job, .foreground = true, .close_fd = -1};
	const char *name = v->argv[0];
	const struct sym *sym = sym_find(&t->sh->syms, name, strlen(name));
	const char *path;
	int status;

	if (sym && (sym->func || sym->builtin))
		return launch_code(t, &l, run_code, v);
	path = command_find(t, name, true, &status);
	if (!path) {
		t->status = builtin_error(t, status, "%s: %s", name,
		        status == 127 ? "not found" : "cannot execute");
		return -1;
	}
	return launch_program(t, &l, path, v->argv);
}

/** Give variable NAME what was collected, as $(...) would. */
static int set_result(struct task *t, const char *name, struct strbuf *sb)
{
	size_t len = 0;

	for (size_t i = 0; i < sb->len; i++) {
		if (sb->buf[i])
			sb->buf[len++] = sb->buf[i];
	}
	if (len < sb->len)
		builtin_error(t, 0, "%s: NUL bytes ignored", name);
	while (len && sb->buf[len - 1] == '\n')
		len--;
	return var_set(
	        t, sym_intern(&t->sh->syms, name, strlen(name)), sb->buf, len);
}

static int converse(struct conversation *v)
{
	struct task *t = v->t;
	struct job *job;
	pid_t pid;

	if (communicate_open(t, &v->c) < 0)
		return builtin_error(t, 125, "pipe: %s", strerror(errno));
	job = job_new(t, launch_job_flags(t));
	pid = start(v, job);
	communicate_run(t, &v->c, pid, job->flags & JOB_CONTROL ? pid : 0);
	if (pid < 0) {
		launch_abandon(t, job);
		return t->status;
	}
	return job_wait_foreground(t, job, NULL);
}

static int check_name(struct task *t, const char *name)
{
	const struct sym *s;

	if (!name)
		return 0;
	if (!name_valid(name, strlen(name)))
		return builtin_error(t, 2, "%s: not a name", name);
	s = sym_find(&t->sh->syms, name, strlen(name));
	if (s && s->var.flags & VAR_READONLY)
		return builtin_error(t, 2, "%s: is read only", name);
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	struct conversation v = {.t = t};
	struct strbuf out = STRBUF_INIT, err = STRBUF_INIT;
	int c, status;

	while ((c = opt_next(t, &scan, "i:o:e:")) != 0) {
		if (c == '?')
			return 2;
		if (c == 'i')
			v.c.input = scan.arg;
		else if (c == 'o')
			v.out_name = scan.arg;
		else
			v.err_name = scan.arg;
	}
	if (check_name(t, v.out_name) || check_name(t, v.err_name))
		return 2;
	if (scan.i == argc)
		return builtin_error(t, 2, "command missing");
	v.argc = argc - scan.i;
	v.argv = argv + scan.i;
	v.c.input_len = v.c.input ? strlen(v.c.input) : 0;
	v.c.out = v.out_name ? &out : NULL;
	v.c.err = v.err_name ? &err : NULL;
	status = converse(&v);
	if (v.out_name && set_result(t, v.out_name, &out) < 0)
		status = 2;
	if (v.err_name && set_result(t, v.err_name, &err) < 0)
		status = 2;
	strbuf_release(&out);
	strbuf_release(&err);
	return status;
}

const struct builtin builtin_communicate = {
        .name = "communicate",
        .flags = BUILTIN_EXTENSION,
        .run = run,
        .synopsis = "communicate [-i text] [-o name] [-e name] [--] command "
                    "[argument...]",
        .summary = "run a command, feed its input and collect its outputs",
        .help = "-i  what the command reads; else it has our standard input\n"
                "-o  variable for its standard output\n"
                "-e  variable for its standard error\n"
                "As with $(...), trailing newlines are removed. What has no\n"
                "variable is passed through. A function or builtin runs in a\n"
                "subshell. The status is the command's.\n",
};
