/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/signal.h"
#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/fd.h"

static int rank(const struct job *j)
{
	switch (job_state(j)) {
	case PROC_STOPPED:
		return 2;
	case PROC_RUNNING:
		return 1;
	case PROC_DONE:
		break;
	}
	return 0;
}

/* Stopped jobs first, finished ones last, and the newest of each first. */
static bool ranks_above(const struct job *a, const struct job *b)
{
	int rank_a = rank(a), rank_b = rank(b);

	return rank_a == rank_b ? a->order > b->order : rank_a > rank_b;
}

/* Find %+ and %-, once after each change of the table. */
static void mark(struct jobs *js)
{
	struct job *j;

	if (js->marked)
		return;
	js->current = js->previous = NULL;
	for (j = js->known.first; j; j = j->next) {
		if (!js->current || ranks_above(j, js->current)) {
			js->previous = js->current;
			js->current = j;
		} else if (!js->previous || ranks_above(j, js->previous)) {
			js->previous = j;
		}
	}
	js->marked = true;
}

struct job *job_current(struct shell *sh)
{
	mark(sh->jobs);
	return sh->jobs->current;
}

struct job *job_previous(struct shell *sh)
{
	mark(sh->jobs);
	return sh->jobs->previous;
}

struct job *jobs_first(struct shell *sh)
{
	return sh->jobs->known.first;
}

struct job *job_by_pid(struct shell *sh, pid_t pid)
{
	return pids_get(sh->jobs, pid);
}

/* The job with number TEXT, digits only. */
static struct job *find_number(struct shell *sh, const char *text)
{
	char *end;
	long id = strtol(text, &end, 10);
	struct job *j;

	for (j = jobs_first(sh); j && !*end; j = j->next)
		if (j->id == id)
			return j;
	return NULL;
}

/* The job whose text begins with or, for ?TEXT, contains TEXT. */
static struct job *find_text(struct shell *sh, const char *text, bool *many)
{
	struct job *j, *found = NULL;
	bool inside = *text == '?';
	size_t len;

	text += inside;
	len = strlen(text);
	for (j = jobs_first(sh); j; j = j->next) {
		if (!j->text)
			continue;
		if (inside ? !strstr(j->text, text)
		           : strncmp(j->text, text, len) != 0)
			continue;
		*many = found != NULL;
		if (*many)
			return NULL;
		found = j;
	}
	return found;
}

struct job *job_find(struct task *t, const char *spec)
{
	struct shell *sh = t->sh;
	struct job *j;
	const char *text = spec + 1;
	bool many = false;

	if (*spec != '%')
		j = NULL;
	else if (!*text || ((*text == '%' || *text == '+') && !text[1]))
		j = job_current(sh);
	else if (*text == '-' && !text[1])
		j = job_previous(sh);
	else if (*text >= '0' && *text <= '9')
		j = find_number(sh, text);
	else
		j = find_text(sh, text, &many);
	if (!j)
		builtin_error(t, 1, "%s: %s", spec,
		        many ? "ambiguous" : "no such job");
	return j;
}

static void add_state(const struct job *j, struct strbuf *sb)
{
	int i, last = j->proc[j->nproc - 1].wstatus;

	switch (job_state(j)) {
	case PROC_RUNNING:
		strbuf_addstr(sb, "Running");
		return;
	case PROC_STOPPED:
		for (i = j->nproc - 1; j->proc[i].state != PROC_STOPPED; i--)
			;
		strbuf_addstr(sb, signal_text(WSTOPSIG(j->proc[i].wstatus)));
		return;
	case PROC_DONE:
		break;
	}
	if (!WIFSIGNALED(last)) {
		int status = job_status(j);

		strbuf_addstr(sb, "Done");
		if (status)
			strbuf_addf(sb, "(%d)", status);
		return;
	}
	strbuf_addstr(sb, signal_text(WTERMSIG(last)));
	if (WCOREDUMP(last))
		strbuf_addstr(sb, " (core dumped)");
}

void job_format(
        struct shell *sh, const struct job *j, bool with_pid, struct strbuf *sb)
{
	char which = ' ';

	if (j->nproc == 0)
		return;
	if (j == job_current(sh))
		which = '+';
	else if (j == job_previous(sh))
		which = '-';
	strbuf_addf(sb, "[%d] %c ", j->id, which);
	if (with_pid)
		strbuf_addf(sb, "%ld ", (long)job_leader(j));
	add_state(j, sb);
	strbuf_addch(sb, ' ');
	strbuf_addstr(sb, j->text ? j->text : "");
	strbuf_addch(sb, '\n');
}

static bool is_news(const struct job *j)
{
	return !(j->flags & JOB_NOTIFIED) && job_state(j) != PROC_RUNNING;
}

bool jobs_have_news(struct shell *sh)
{
	const struct job *j;

	if (sh->jobs->parents || !jobs_report(sh))
		return false;
	for (j = sh->jobs->known.first; j; j = j->next)
		if (is_news(j))
			return true;
	return false;
}

void jobs_notify(struct task *t)
{
	struct shell *sh = t->sh;
	struct jobs *js = sh->jobs;
	struct strbuf sb = STRBUF_INIT;
	struct job *j;

	if (!js->known.first || js->parents)
		return;
	jobs_poll(sh);
	if (jobs_report(sh)) {
		for (j = js->known.first; j; j = j->next) {
			if (!is_news(j))
				continue;
			job_format(sh, j, false, &sb);
			j->flags |= JOB_NOTIFIED;
		}
		fd_write(t, STDERR_FILENO, sb.buf, sb.len);
		strbuf_release(&sb);
	}
	jobs_clean(sh);
}
