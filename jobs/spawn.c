/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "jobs/signal.h"
#include "jobs/tty.h"

enum {
	MOVES_ON_STACK = 32,
	SAVED_MIN = 10,   /* for descriptors put aside */
	HEAD_BYTES = 512, /* of a file, looked at to tell text from binary */
	FORK_TRIES = 6,   /* pauses of 10, 20, 40 ... ms: 310 ms in all */
};

/* What the child of a program needs, computed before it exists. */
struct plan {
	const struct spawn *s;
	char *name;           /* argv[0]: what messages call the program */
	int *tmp;             /* a copied source for each move */
	const sigset_t *mask; /* NULL when signals were not blocked */
};

/* Does another move overwrite the source of move I? */
static bool source_is_target(const struct fdmove *m, size_t n, size_t i)
{
	size_t j;

	for (j = 0; j < n; j++)
		if (j != i && m[j].to == m[i].from && m[j].from != m[j].to)
			return true;
	return false;
}

static int dup_to(int from, int to)
{
	int r;

	do
		r = dup2(from, to);
	while (r < 0 && (errno == EINTR || errno == EBUSY));
	return r < 0 ? -1 : 0;
}

static int move_one(int from, int to)
{
	if (from < 0) {
		close(to);
		return 0;
	}
	if (from == to)
		return fcntl(to, F_SETFD, 0) < 0 ? -1 : 0;
	return dup_to(from, to);
}

/* The parallel assignment; TMP has room for N. System calls only. */
static int move_fds(const struct fdmove *m, size_t n, int *tmp)
{
	size_t i, ntmp = 0;
	int high = 0, err = 0;

	for (i = 0; i < n; i++)
		if (m[i].to > high)
			high = m[i].to;
	for (; ntmp < n; ntmp++) {
		tmp[ntmp] = -1;
		if (m[ntmp].from < 0 || !source_is_target(m, n, ntmp))
			continue;
		tmp[ntmp] = fcntl(m[ntmp].from, F_DUPFD_CLOEXEC, high + 1);
		if (tmp[ntmp] < 0) {
			err = errno;
			break;
		}
	}
	for (i = 0; i < n && !err; i++)
		if (move_one(tmp[i] >= 0 ? tmp[i] : m[i].from, m[i].to) < 0)
			err = errno;
	for (i = 0; i < ntmp; i++)
		if (tmp[i] >= 0)
			close(tmp[i]);
	errno = err;
	return err ? -1 : 0;
}

int spawn_move_fds(const struct fdmove *moves, size_t n)
{
	int stack[MOVES_ON_STACK], *tmp = stack, r, err;

	if (n == 0)
		return 0;
	if (n > MOVES_ON_STACK) {
		tmp = calloc(n, sizeof(*tmp));
		if (!tmp)
			return -1;
	}
	r = move_fds(moves, n, tmp);
	err = errno;
	if (tmp != stack)
		free(tmp);
	errno = err;
	return r;
}

/* A NUL byte in the first line means that PATH is not a script. */
static bool file_is_binary(const char *path)
{
	char head[HEAD_BYTES];
	ssize_t n, i;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	n = read(fd, head, sizeof(head));
	close(fd);
	for (i = 0; i < n && head[i] != '\n'; i++)
		if (!head[i])
			return true;
	return false;
}

const char *spawn_reason(const char *path, int err, int *status)
{
	const char *reason;

	*status = 126;
	switch (err) {
	case ENOENT:
		*status = 127;
		if (path && access(path, F_OK) == 0)
			return "interpreter not found";
		return "not found";
	case ENOEXEC:
		return "cannot execute binary file";
	case EISDIR:
		return "is a directory";
	}
	reason = strerrordesc_np(err);
	return reason ? reason : "cannot execute";
}

/* Say "MESSAGE NAME: REASON" in one write, without touching the heap. */
static void complain(const char *message, const char *name, const char *reason)
{
	struct iovec v[] = {
	        {(void *)message, message ? strlen(message) : 0},
	        {(void *)name, strlen(name)},
	        {(void *)": ", 2},
	        {(void *)reason, strlen(reason)},
	        {(void *)"\n", 1},
	};

	if (writev(STDERR_FILENO, v, sizeof(v) / sizeof(v[0])) < 0)
		return; /* nowhere left to say it */
}

/* execve(), with files of no known format run by marsh. Returns errno. */
static int exec_program(const struct spawn *s)
{
	execve(s->path, s->argv, s->envp);
	if (errno != ENOEXEC)
		return errno;
	if (file_is_binary(s->path))
		return ENOEXEC;
	s->argv[-1] = (char *)s->self;
	s->argv[0] = (char *)s->path;
	execve("/proc/self/exe", s->argv - 1, s->envp);
	if (errno == ENOENT)
		execve(s->self, s->argv - 1, s->envp);
	return errno;
}

/* Process group and terminal of a child, by the child itself. */
static void child_group(const struct spawn *s)
{
	if (!(s->flags & SPAWN_GROUP))
		return;
	setpgid(0, s->pgid);
	if (s->flags & SPAWN_FOREGROUND && s->tty >= 0)
		tty_give(s->tty, s->pgid ? s->pgid : getpid());
}

static bool ignores_interrupts(const struct spawn *s)
{
	return (s->flags & (SPAWN_ASYNC | SPAWN_GROUP)) == SPAWN_ASYNC;
}

/* May share memory with the shell: system calls only. */
static _Noreturn void program_child(const struct plan *p)
{
	const struct spawn *s = p->s;
	int err, status;

	child_group(s);
	signal_exec(ignores_interrupts(s), s->flags & SPAWN_UNSTOPPABLE);
	if (p->mask)
		signal_restore_mask(p->mask);
	if (move_fds(s->moves, s->nmoves, p->tmp) < 0)
		err = errno;
	else
		err = exec_program(s);
	complain(s->message, p->name, spawn_reason(s->path, err, &status));
	_exit(status);
}

/*
 * The frame that calls vfork() does nothing else, so that what the child
 * does to the stack below it cannot matter to the parent.
 */
static __attribute__((noinline)) pid_t vfork_program(const struct plan *p)
{
	pid_t pid = vfork();

	if (pid == 0)
		program_child(p);
	return pid;
}

static pid_t start_program(const struct spawn *s, const sigset_t *mask)
{
	int stack[MOVES_ON_STACK];
	struct plan p = {s, s->argv[0], stack, mask};
	pid_t pid;
	int err;

	if (s->nmoves > MOVES_ON_STACK) {
		p.tmp = calloc(s->nmoves, sizeof(*p.tmp));
		if (!p.tmp)
			return -1;
	}
	pid = vfork_program(&p);
	err = errno;
	s->argv[0] = p.name; /* the child may have replaced it */
	if (p.tmp != stack)
		free(p.tmp);
	errno = err;
	return pid;
}

static _Noreturn void code_child(const struct spawn *s, const sigset_t *mask)
{
	child_group(s);
	signal_child(s->flags & SPAWN_UNSTOPPABLE);
	if (ignores_interrupts(s)) {
		signal_set(SIGINT, SIGNAL_IGNORE);
		signal_set(SIGQUIT, SIGNAL_IGNORE);
	}
	if (mask)
		signal_restore_mask(mask);
	if (spawn_move_fds(s->moves, s->nmoves) < 0) {
		complain(s->message, "cannot set up descriptors",
		        strerrordesc_np(errno));
		_exit(126);
	}
	_exit(s->run(s->ctx) & 0xff);
}

static pid_t start_code(const struct spawn *s, const sigset_t *mask)
{
	pid_t pid = fork();

	if (pid == 0)
		code_child(s, mask);
	return pid;
}

/* Copies of what the moves overwrite, -1 for what is not open. */
static int *save_targets(const struct spawn *s)
{
	int *saved = calloc(s->nmoves, sizeof(*saved));
	size_t i;

	for (i = 0; saved && i < s->nmoves; i++)
		saved[i] = fcntl(s->moves[i].to, F_DUPFD_CLOEXEC, SAVED_MIN);
	return saved;
}

static void restore_targets(const struct spawn *s, int *saved)
{
	size_t i;

	for (i = 0; i < s->nmoves; i++) {
		move_one(saved[i], s->moves[i].to);
		if (saved[i] >= 0)
			close(saved[i]);
	}
	free(saved);
}

static pid_t replace_process(const struct spawn *s)
{
	char *name = s->argv[0];
	int err, *saved = NULL;

	if (s->flags & SPAWN_UNDO && s->nmoves) {
		saved = save_targets(s);
		if (!saved)
			return -1;
	}
	if (spawn_move_fds(s->moves, s->nmoves) < 0) {
		err = errno;
	} else {
		signal_exec(ignores_interrupts(s), false);
		err = exec_program(s);
		s->argv[0] = name;
		signal_exec_undo();
	}
	if (saved)
		restore_targets(s, saved);
	errno = err;
	return -1;
}

static pid_t start(const struct spawn *s)
{
	/*
	 * Without handlers no code of ours can run by surprise in the child,
	 * and two system calls are saved.
	 */
	bool block = signal_catching() || s->flags;
	sigset_t mask, *old = block ? &mask : NULL;
	pid_t pid;
	int err;

	if (block)
		signal_block_all(&mask);
	pid = s->path ? start_program(s, old) : start_code(s, old);
	err = errno;
	/* whichever of parent and child comes first; the loser's error is
	   of no interest */
	if (pid > 0 && s->flags & SPAWN_GROUP)
		setpgid(pid, s->pgid ? s->pgid : pid);
	if (block)
		signal_restore_mask(&mask);
	errno = err;
	return pid;
}

pid_t spawn(const struct spawn *s)
{
	struct timespec pause = {0, 10 * 1000 * 1000};
	pid_t pid;
	int tries;

	if (s->flags & SPAWN_EXEC)
		return replace_process(s);
	for (tries = 1;; tries++) {
		pid = start(s);
		if (pid >= 0 || errno != EAGAIN || tries == FORK_TRIES)
			return pid;
		nanosleep(&pause, NULL);
		pause.tv_nsec *= 2;
	}
}
