/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/table.h"

#include <stdint.h>
#include <stdlib.h>

#include "shell/base/xalloc.h"

/* Process id -> job: open addressing, linear probing, at most half full. */

static size_t home(const struct jobs *js, pid_t pid)
{
	return ((uint32_t)pid * UINT32_C(2654435769) >> 4) & (js->npids - 1);
}

/* The entry of PID, or the free one where it belongs. */
static size_t find(const struct jobs *js, pid_t pid)
{
	size_t i = home(js, pid);

	while (js->pids[i].pid && js->pids[i].pid != pid)
		i = (i + 1) & (js->npids - 1);
	return i;
}

static void grow(struct jobs *js)
{
	struct pid_entry *old = js->pids;
	size_t i, n = js->npids;

	js->npids = n ? n * 2 : 16;
	js->pids = xcalloc(js->npids, sizeof(*js->pids));
	for (i = 0; i < n; i++)
		if (old[i].pid)
			js->pids[find(js, old[i].pid)] = old[i];
	free(old);
}

void pids_put(struct jobs *js, pid_t pid, struct job *j)
{
	size_t i;

	if (js->pids_used * 2 >= js->npids)
		grow(js);
	i = find(js, pid);
	if (!js->pids[i].pid)
		js->pids_used++;
	/* a reused id: what was known about the older process is lost */
	js->pids[i] = (struct pid_entry){pid, j};
}

struct job *pids_get(const struct jobs *js, pid_t pid)
{
	if (!js->pids_used || pid <= 0)
		return NULL;
	return js->pids[find(js, pid)].job;
}

void pids_drop(struct jobs *js, pid_t pid)
{
	size_t mask = js->npids - 1, hole, i;

	if (!js->pids_used)
		return;
	hole = find(js, pid);
	if (!js->pids[hole].pid)
		return;
	js->pids_used--;
	/* close the gap: move back what may stand in the hole */
	for (i = (hole + 1) & mask; js->pids[i].pid; i = (i + 1) & mask) {
		size_t want = home(js, js->pids[i].pid);
		if (((i - want) & mask) < ((i - hole) & mask))
			continue;
		js->pids[hole] = js->pids[i];
		hole = i;
	}
	js->pids[hole] = (struct pid_entry){0, NULL};
}
