/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/job.h"

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/out.h"

enum form {
	FORM_PLAIN,
	FORM_LONG,
	FORM_ID
};

/* Print J; a finished job that was told of is forgotten. */
static void print_one(struct task *t, struct job *j, enum form form)
{
	struct strbuf sb = STRBUF_INIT;

	if (form == FORM_ID) {
		out_printf(t, "%ld\n", (long)job_leader(j));
		return;
	}
	job_format(t->sh, j, form == FORM_LONG, &sb);
	out_write(t, sb.buf, sb.len);
	strbuf_release(&sb);
	j->flags |= JOB_NOTIFIED;
}

static void forget_reported(struct shell *sh)
{
	struct job *j, *next;

	for (j = jobs_first(sh); j; j = next) {
		next = j->next;
		if (j->flags & JOB_NOTIFIED && job_is_ours(j) &&
		        job_state(j) == PROC_DONE)
			job_remove(sh, j);
	}
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	enum form form = FORM_PLAIN;
	struct job *j;
	int opt, i, status = 0;

	while ((opt = opt_next(t, &scan, "lp")) != 0) {
		if (opt == '?')
			return 2;
		form = opt == 'l' ? FORM_LONG : FORM_ID;
	}
	jobs_poll(t->sh);
	for (i = scan.i; i < argc; i++) {
		j = job_find(t, argv[i]);
		if (j)
			print_one(t, j, form);
		else
			status = 1;
	}
	if (scan.i == argc)
		for (j = jobs_first(t->sh); j; j = j->next)
			print_one(t, j, form);
	forget_reported(t->sh);
	return status;
}

const struct builtin builtin_jobs = {
        .name = "jobs",
        .run = run,
        .synopsis = "jobs [-l|-p] [job...]",
        .summary = "list the jobs of this shell and their states",
        .help = "  -l  with the process group's id\n"
                "  -p  only the process groups' ids",
};
