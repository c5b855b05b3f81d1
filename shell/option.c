/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/option.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "jobs/tty.h"
#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/fd.h"
#include "shell/trap.h"

const struct option_info option_table[] = {
        {"allexport", 'a', OPT_ALLEXPORT, false},
        {"emacs", '\0', OPT_EMACS, false},
        {"errexit", 'e', OPT_ERREXIT, false},
        {"hashall", 'h', OPT_HASHALL, false},
        {"ignoreeof", '\0', OPT_IGNOREEOF, false},
        {"interactive", 'i', OPT_INTERACTIVE, true},
        {"monitor", 'm', OPT_MONITOR, false},
        {"noclobber", 'C', OPT_NOCLOBBER, false},
        {"noexec", 'n', OPT_NOEXEC, false},
        {"noglob", 'f', OPT_NOGLOB, false},
        {"nolog", '\0', OPT_NOLOG, false},
        {"notify", 'b', OPT_NOTIFY, false},
        {"nounset", 'u', OPT_NOUNSET, false},
        {"pipefail", '\0', OPT_PIPEFAIL, false},
        {"posix", '\0', OPT_POSIX, false},
        {"stdin", 's', OPT_STDIN, true},
        {"verbose", 'v', OPT_VERBOSE, false},
        {"vi", '\0', OPT_VI, false},
        {"xtrace", 'x', OPT_XTRACE, false},
        {NULL, '\0', 0, false},
};

const struct option_info *option_by_name(const char *name)
{
	for (const struct option_info *o = option_table; o->name; o++) {
		if (strcmp(o->name, name) == 0)
			return o;
	}
	return NULL;
}

const struct option_info *option_by_letter(char c)
{
	for (const struct option_info *o = option_table; o->name; o++) {
		if (o->letter && o->letter == c)
			return o;
	}
	return NULL;
}

/*
 * Job control needs a terminal only to hand it to foreground jobs: an
 * interactive shell does that, a script may do without.
 */
static int monitor_start(struct task *t)
{
	struct shell *sh = t->sh;
	pid_t group = getpgrp();

	if (sh->tty < 0)
		sh->tty = fd_private(sh, tty_open());
	if (!opt_on(sh, OPT_INTERACTIVE))
		return 0;
	if (sh->tty >= 0 && tty_acquire(sh->tty) == 0) {
		sh->tty_group = group;
		return 0;
	}
	diag(t, "monitor: no job control: %s", strerror(errno));
	return -1;
}

static void monitor_stop(struct shell *sh)
{
	if (sh->tty_group)
		tty_release(sh->tty, sh->tty_group);
	sh->tty_group = 0;
	if (sh->tty >= 0)
		fd_close_private(sh, sh->tty);
	sh->tty = -1;
}

static int monitor_set(struct task *t, bool on)
{
	struct shell *sh = t->sh;

	if (on == opt_on(sh, OPT_MONITOR))
		return 0;
	if (on && monitor_start(t) < 0) {
		monitor_stop(sh);
		return -1;
	}
	if (!on)
		monitor_stop(sh);
	return 0;
}

int option_set(struct task *t, unsigned flag, bool on)
{
	struct shell *sh = t->sh;
	unsigned before = sh->opts;

	if (flag == OPT_MONITOR && monitor_set(t, on) < 0)
		return -1;
	/* An interactive shell that runs nothing could not be left. */
	if (flag == OPT_NOEXEC && on && opt_on(sh, OPT_INTERACTIVE))
		return 0;
	if (on && (flag == OPT_VI || flag == OPT_EMACS))
		sh->opts &= ~(unsigned)(OPT_VI | OPT_EMACS);
	if (on)
		sh->opts |= flag;
	else
		sh->opts &= ~flag;
	if (sh->opts == before)
		return 0;
	if (flag & (OPT_MONITOR | OPT_INTERACTIVE))
		trap_update_interactive(sh);
	if (flag & OPT_POSIX)
		builtin_register(sh);
	return 0;
}

void option_letters(const struct shell *sh, char *buf)
{
	for (const struct option_info *o = option_table; o->name; o++) {
		if (o->letter && (sh->opts & o->flag))
			*buf++ = o->letter;
	}
	*buf = '\0';
}
