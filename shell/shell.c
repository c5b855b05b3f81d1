/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/shell.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "jobs/job.h"
#include "shell/alias.h"
#include "shell/builtin.h"
#include "shell/command.h"
#include "shell/fd.h"
#include "shell/function.h"
#include "shell/split.h"
#include "shell/trap.h"
#include "shell/var.h"

enum {
	STACK_MARGIN = 128 * 1024,        /* for what does not check */
	STACK_ASSUMED = 64 * 1024 * 1024, /* when there is no limit */
};

static struct sym *known(struct shell *sh, const char *name, unsigned flags)
{
	struct sym *s = sym_intern(&sh->syms, name, strlen(name));

	s->var.flags = flags;
	return s;
}

static void init_known(struct shell *sh)
{
	struct known_syms *k = &sh->known;

	k->ifs = known(sh, "IFS", VAR_HOOK);
	k->path = known(sh, "PATH", VAR_HOOK);
	k->home = known(sh, "HOME", 0);
	k->pwd = known(sh, "PWD", 0);
	k->oldpwd = known(sh, "OLDPWD", 0);
	k->ps1 = known(sh, "PS1", 0);
	k->ps2 = known(sh, "PS2", 0);
	k->ps4 = known(sh, "PS4", 0);
	k->env = known(sh, "ENV", 0);
	k->lineno = known(sh, "LINENO", VAR_SET | VAR_DYNAMIC);
	k->optind = known(sh, "OPTIND", VAR_HOOK);
	k->optarg = known(sh, "OPTARG", 0);
	k->ppid = known(sh, "PPID", 0);
	k->cdpath = known(sh, "CDPATH", 0);
	k->lang = known(sh, "LANG", VAR_HOOK);
	k->lc_all = known(sh, "LC_ALL", VAR_HOOK);
	k->lc_ctype = known(sh, "LC_CTYPE", VAR_HOOK);
	k->lc_collate = known(sh, "LC_COLLATE", VAR_HOOK);
	k->lc_messages = known(sh, "LC_MESSAGES", VAR_HOOK);
	k->lc_numeric = known(sh, "LC_NUMERIC", VAR_HOOK);
	k->reply = known(sh, "REPLY", 0);
}

static void init_variables(struct task *t)
{
	struct known_syms *k = &t->sh->known;

	/* LINENO's value is computed, but nobody finds NULL in a set one. */
	var_set_str(t, k->lineno, "0");
	k->lineno->var.flags |= VAR_DYNAMIC;
	var_set_str(t, k->ifs, " \t\n");
	var_set_str(t, k->optind, "1");
	var_set_str(t, k->ps1, geteuid() == 0 ? "# " : "$ ");
	var_set_str(t, k->ps2, "> ");
	var_set_str(t, k->ps4, "+ ");
	var_set_int(t, k->ppid, getppid());
	var_flag_set(t, k->ppid, VAR_READONLY);
}

/*
 * The stack begins above the environment's text, which may be large and
 * counts against the limit.
 */
static char *stack_lowest(char *here)
{
	char *top = here;
	struct rlimit limit;
	size_t size = STACK_ASSUMED;

	for (char **p = environ; p && *p; p++) {
		if (*p > top)
			top = *p;
	}
	if (getrlimit(RLIMIT_STACK, &limit) == 0 &&
	        limit.rlim_cur < (size_t)STACK_ASSUMED * 64)
		size = (size_t)limit.rlim_cur;
	if ((uintptr_t)top <= size)
		return here - size / 2;
	top -= size;
	return top + (size > 4 * STACK_MARGIN ? STACK_MARGIN : size / 4);
}

static void init_task(struct shell *sh, struct task *t)
{
	char here;

	*t = (struct task){
	        .sh = sh,
	        .cmdsub_status = -1,
	        .trap_status = -1,
	        .frame = &t->base_frame,
	        .stack_limit = stack_lowest(&here),
	};
	strbuf_init(&t->out);
	strbuf_init(&t->tmp);
	strbuf_init(&t->mask);
}

void shell_init(struct shell *sh, struct task *main_task, const char *arg0)
{
	*sh = (struct shell){
	        .arg0 = arg0,
	        .pid = getpid(),
	        .posix_locale = true,
	        .main = main_task,
	        .environ_stale = true,
	        .tty = -1,
	};
	symtab_init(&sh->syms);
	init_task(sh, main_task);
	init_known(sh);
	init_variables(main_task);
	builtin_register(sh);
	jobs_init(sh);
	trap_init(sh);
}

static void free_task(struct task *t)
{
	var_restore(t, &t->base_frame);
	frame_free_args(&t->base_frame);
	free(t->fds.slot);
	arena_free(&t->scratch);
	strbuf_release(&t->out);
	strbuf_release(&t->tmp);
	strbuf_release(&t->mask);
}

static void free_functions(struct shell *sh)
{
	for (size_t i = 0; i < sh->syms.nbucket; i++) {
		for (struct sym *s = sh->syms.bucket[i]; s; s = s->next)
			function_unset(sh, s);
	}
}

void shell_free(struct shell *sh)
{
	free_task(sh->main);
	free_functions(sh);
	trap_free(sh);
	jobs_free(sh);
	alias_unset_all(sh);
	fd_free(sh);
	free(sh->script);
	free(sh->environ_cache);
	free(sh->environ_extra);
	free(sh->read_ahead);
	symtab_free(&sh->syms);
}
