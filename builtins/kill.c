/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "jobs/job.h"
#include "jobs/signal.h"
#include "shell/diag.h"
#include "shell/out.h"

/* The digits of S as a number up to MAX, or -1. */
static long number(const char *s, long max)
{
	char *end;
	long n;

	if (*s < '0' || *s > '9')
		return -1;
	errno = 0;
	n = strtol(s, &end, 10);
	return errno || *end || n > max ? -1 : n;
}

/* A signal's name or number; 0 asks whether the process exists. */
static int parse_signal(const char *s)
{
	if (*s >= '0' && *s <= '9')
		return (int)number(s, SIGRTMAX);
	return signal_number(s);
}

static int list_all(struct task *t)
{
	int signo;

	for (signo = 1; signo <= SIGRTMAX; signo++)
		if (signal_name(signo))
			out_printf(t, "%s\n", signal_name(signo));
	return 0;
}

/* An exit status or a number becomes a name, and a name its number. */
static int list_one(struct task *t, const char *arg)
{
	const char *name;
	long n = number(arg, 128 + SIGRTMAX);

	if (n < 0 && (*arg < '0' || *arg > '9')) {
		int signo = signal_number(arg);
		if (signo > 0) {
			out_printf(t, "%d\n", signo);
			return 0;
		}
	}
	if (n == 0) {
		out_str(t, "EXIT\n");
		return 0;
	}
	name = n > 0 ? signal_name((int)(n > 128 ? n - 128 : n)) : NULL;
	if (!name)
		return builtin_error(t, 1, "%s: unknown signal", arg);
	out_printf(t, "%s\n", name);
	return 0;
}

static int list(struct task *t, char **args)
{
	int status = 0;

	if (*args && strcmp(*args, "--") == 0)
		args++;
	if (!*args)
		return list_all(t);
	for (; *args; args++)
		if (list_one(t, *args) != 0)
			status = 1;
	return status;
}

/* A job without a process group: each process that is still there. */
static int kill_processes(const struct job *j, int signo)
{
	int i, r = -1;

	errno = ESRCH;
	for (i = 0; i < j->nproc; i++)
		if (j->proc[i].state != PROC_DONE &&
		        kill(j->proc[i].pid, signo) == 0)
			r = 0;
	return r;
}

static int kill_job(struct task *t, const char *spec, int signo)
{
	struct job *j;
	int r;

	jobs_poll(t->sh);
	j = job_find(t, spec);
	if (!j)
		return 1;
	if (j->flags & JOB_CONTROL && job_state(j) != PROC_DONE)
		r = kill(-j->pgid, signo);
	else
		r = kill_processes(j, signo);
	if (r < 0)
		return builtin_error(t, 1, "%s: %s", spec, strerror(errno));
	/* it may have stopped after it was looked at, before the signal */
	jobs_poll(t->sh);
	if (!(j->flags & JOB_CONTROL))
		return 0;
	/* a stopped job could not act on it, and may just have been stopped */
	if (signo == SIGTERM || signo == SIGHUP)
		kill(-j->pgid, SIGCONT);
	else if (signo != SIGCONT && signo != SIGKILL)
		return 0;
	if (job_state(j) == PROC_STOPPED)
		job_note_continued(j);
	return 0;
}

static int kill_pid(struct task *t, const char *arg, int signo)
{
	bool group = *arg == '-';
	long pid = number(arg + group, 0x7fffffffL);

	if (pid < 0)
		return builtin_error(
		        t, 1, "%s: not a process id or a job", arg);
	if (kill((pid_t)(group ? -pid : pid), signo) < 0)
		return builtin_error(t, 1, "%s: %s", arg, strerror(errno));
	return 0;
}

/* Has ARG the form of -s and -n, with the signal attached or to follow? */
static bool names_signal(const char *arg)
{
	if (arg[1] == 's')
		return true;
	return arg[1] == 'n' && (!arg[2] || (arg[2] >= '0' && arg[2] <= '9'));
}

/*
 * The options: -s NAME, -n NUMBER, -NAME, -NUMBER. The index of the first
 * operand, or -1 after a message.
 */
static int parse(struct task *t, char **argv, int *signo)
{
	const char *arg = argv[1], *value;
	int i = 2;

	if (!arg || arg[0] != '-' || !arg[1])
		return 1;
	if (strcmp(arg, "--") == 0)
		return 2;
	value = arg + 1;
	*signo = parse_signal(value);
	if (*signo < 0 && names_signal(arg)) {
		value = arg[2] ? arg + 2 : argv[i++];
		if (!value) {
			builtin_error(t, 2, "%s: argument missing", arg);
			return -1;
		}
		*signo = parse_signal(value);
	}
	if (*signo < 0) {
		builtin_error(t, 2, "%s: unknown signal", value);
		return -1;
	}
	if (argv[i] && strcmp(argv[i], "--") == 0)
		i++;
	return i;
}

static int run(struct task *t, int argc, char **argv)
{
	int signo = SIGTERM, status = 0, i;

	if (argc > 1 && strcmp(argv[1], "-l") == 0)
		return list(t, argv + 2);
	i = parse(t, argv, &signo);
	if (i < 0)
		return 2;
	if (i == argc)
		return builtin_error(t, 2, "process missing");
	for (; i < argc; i++) {
		int r = *argv[i] == '%' ? kill_job(t, argv[i], signo)
		                        : kill_pid(t, argv[i], signo);
		if (r != 0)
			status = 1;
	}
	return status;
}

const struct builtin builtin_kill = {
        .name = "kill",
        .run = run,
        .synopsis = "kill [-s name|-n number|-name|-number] pid|job... | "
                    "kill -l [status...]",
        .summary = "send a signal to processes or jobs",
        .help = "The signal is TERM unless another is given; 0 only asks "
                "whether the process\nexists. A negative pid is a process "
                "group.\n"
                "  -l  list the names, or that of an exit status",
};
