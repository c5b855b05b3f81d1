/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>

#include "shell/diag.h"
#include "shell/out.h"

struct limit {
	char letter;
	int resource;
	unsigned unit;
	const char *name;
	const char *unit_name;
};

static const struct limit limits[] = {
        {'c', RLIMIT_CORE, 512, "core file size", "512-byte blocks"},
        {'d', RLIMIT_DATA, 1024, "data size", "KiB"},
        {'e', RLIMIT_NICE, 1, "scheduling priority", ""},
        {'f', RLIMIT_FSIZE, 512, "file size", "512-byte blocks"},
        {'i', RLIMIT_SIGPENDING, 1, "pending signals", ""},
        {'l', RLIMIT_MEMLOCK, 1024, "locked memory", "KiB"},
        {'m', RLIMIT_RSS, 1024, "resident memory", "KiB"},
        {'n', RLIMIT_NOFILE, 1, "open files", ""},
        {'q', RLIMIT_MSGQUEUE, 1, "message queues", "bytes"},
        {'r', RLIMIT_RTPRIO, 1, "real-time priority", ""},
        {'s', RLIMIT_STACK, 1024, "stack size", "KiB"},
        {'t', RLIMIT_CPU, 1, "processor time", "seconds"},
        {'u', RLIMIT_NPROC, 1, "processes of the user", ""},
        {'v', RLIMIT_AS, 1024, "address space", "KiB"},
        {'x', RLIMIT_LOCKS, 1, "file locks", ""},
};

enum {
	NLIMITS = sizeof(limits) / sizeof(limits[0])
};

struct request {
	bool hard, soft, all;
	const struct limit *limit;
};

static int print_limit(
        struct task *t, const struct request *r, const struct limit *l)
{
	struct rlimit rl;
	if (getrlimit(l->resource, &rl) < 0)
		return builtin_error(t, 1, "%s: %s", l->name, strerror(errno));
	if (r->all) {
		const char *sep = *l->unit_name ? ", " : "";
		out_printf(t, "-%c: %s%s%-*s ", l->letter, l->name, sep,
		        (int)(40 - strlen(l->name) - strlen(sep)),
		        l->unit_name);
	}
	rlim_t value = r->hard && !r->soft ? rl.rlim_max : rl.rlim_cur;
	if (value == RLIM_INFINITY)
		out_str(t, "unlimited\n");
	else
		out_printf(t, "%ju\n", (uintmax_t)value / l->unit);
	return 0;
}

/** The limit S in units of UNIT bytes; false when it is none. */
static bool parse_limit(const char *s, unsigned unit, rlim_t *value)
{
	if (strcmp(s, "unlimited") == 0) {
		*value = RLIM_INFINITY;
		return true;
	}
	rlim_t v = 0;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		rlim_t d = (rlim_t)(*s - '0');
		if (v > (RLIM_INFINITY - 1 - d) / 10)
			return false;
		v = v * 10 + d;
	}
	if (v > (RLIM_INFINITY - 1) / unit)
		return false;
	*value = v * unit;
	return true;
}

static int set_limit(struct task *t, const struct request *r, const char *arg)
{
	const struct limit *l = r->limit;
	struct rlimit rl;
	rlim_t value;

	if (getrlimit(l->resource, &rl) < 0)
		return builtin_error(t, 1, "%s: %s", l->name, strerror(errno));
	if (strcmp(arg, "hard") == 0)
		value = rl.rlim_max;
	else if (strcmp(arg, "soft") == 0)
		value = rl.rlim_cur;
	else if (!parse_limit(arg, l->unit, &value))
		return builtin_error(t, 2, "%s: not a limit", arg);
	if (r->soft || !r->hard)
		rl.rlim_cur = value;
	if (r->hard || !r->soft)
		rl.rlim_max = value;
	if (setrlimit(l->resource, &rl) < 0)
		return builtin_error(t, 1, "%s: %s: %s", l->name, arg,
		        errno == EINVAL ? "soft limit would exceed hard limit"
		                        : strerror(errno));
	return 0;
}

static const struct limit *limit_by_letter(int letter)
{
	for (int i = 0; i < NLIMITS; i++)
		if (limits[i].letter == letter)
			return &limits[i];
	return NULL;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	struct request r = {.limit = limit_by_letter('f')};
	int c;

	while ((c = opt_next(t, &scan, "HSacdefilmnqrstuvx")) != 0) {
		if (c == '?')
			return 2;
		if (c == 'H')
			r.hard = true;
		else if (c == 'S')
			r.soft = true;
		else if (c == 'a')
			r.all = true;
		else
			r.limit = limit_by_letter(c);
	}
	int operands = argc - scan.i;
	if (operands > (r.all ? 0 : 1))
		return builtin_error(
		        t, 2, "%s: too many arguments", argv[argc - 1]);
	if (operands)
		return set_limit(t, &r, argv[scan.i]);
	if (!r.all)
		return print_limit(t, &r, r.limit);
	int status = 0;
	for (int i = 0; i < NLIMITS; i++)
		status |= print_limit(t, &r, &limits[i]);
	return status;
}

const struct builtin builtin_ulimit = {
        .name = "ulimit",
        .run = run,
        .synopsis = "ulimit [-H] [-S] [-a | -LIMIT [value]]",
        .summary = "print or set a limit on what processes may use",
        .help = "-H  the hard limit    -S  the soft limit    -a  print all\n"
                "-c  core files (512-byte blocks)   -d  data (KiB)\n"
                "-f  files (512-byte blocks)        -n  open files\n"
                "-s  stack (KiB)                    -t  processor time (s)\n"
                "-v  address space (KiB)            -l  locked memory (KiB)\n"
                "-m  resident memory (KiB)          -u  processes\n"
                "-i  pending signals                -q  message queues\n"
                "-r  real-time priority             -e  scheduling priority\n"
                "-x  file locks\n"
                "\n"
                "Both limits are set and the soft one is printed without -H "
                "and -S. A value is a\n"
                "number, unlimited, hard or soft.",
};
