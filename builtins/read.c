/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "jobs/signal.h"
#include "shell/base/utf8.h"
#include "shell/base/xalloc.h"
#include "shell/diag.h"
#include "shell/eval.h"
#include "shell/fd.h"
#include "shell/split.h"
#include "shell/var.h"

enum {
	BLOCK = 1024
};

enum source {
	SOURCE_FILE,   /* read in blocks, then seek back */
	SOURCE_STREAM, /* nothing past the line may be taken: byte by byte */
	SOURCE_TERMINAL,
};

/**
 * What was read of a file beyond the last line. The file's offset is put
 * right after each line, so that other commands and processes go on from
 * there; the bytes are used again by the next `read` if neither the offset
 * has moved nor, by the shell's counters, anything happened since that may
 * have changed the file or what the descriptor is.
 */
struct read_ahead {
	int fd; /* the real descriptor */
	enum source source;
	unsigned fd_generation;
	unsigned file_generation;
	off_t offset; /* of buf[pos]: where the file's offset was left */
	size_t pos, len;
	char buf[BLOCK];
};

enum outcome {
	LINE,
	END,
	FAILED,
	INTERRUPTED
};

struct reader {
	struct task *t;
	int fd;
	char delim;
	bool raw;       /* -r */
	bool done;      /* the delimiter was seen */
	bool escape;    /* after an unescaped backslash */
	bool continued; /* after a line continuation */
	bool has_nul;   /* NUL bytes were dropped */
	bool has_mask;
	int available;      /* bytes that can be read without waiting */
	struct strbuf line; /* what was read, without escaping backslashes */
	struct strbuf mask; /* beside it: 1 for bytes that were escaped */
	const char *text;   /* the line: in `line` or in a block */
	size_t len;
};

/** A value to be assigned. */
struct field {
	const char *s;
	size_t len;
};

static void add_mask(struct reader *r, int value, size_t n)
{
	strbuf_grow(&r->mask, n);
	memset(r->mask.buf + r->mask.len, value, n);
	strbuf_setlen(&r->mask, r->mask.len + n);
}

static void add_piece(struct reader *r, const char *p, size_t n)
{
	strbuf_add(&r->line, p, n);
	if (r->has_mask && n)
		add_mask(r, 0, n);
}

/** Add N bytes; variables cannot hold NUL bytes. */
static void add(struct reader *r, const char *p, size_t n)
{
	const char *nul;

	while ((nul = memchr(p, '\0', n))) {
		size_t len = (size_t)(nul - p);

		r->has_nul = true;
		add_piece(r, p, len);
		p += len + 1;
		n -= len + 1;
	}
	add_piece(r, p, n);
}

/** Add the byte after a backslash. */
static void add_escaped(struct reader *r, char c)
{
	r->escape = false;
	if (c == '\n') {
		r->continued = true;
	} else if (c == '\0') {
		r->has_nul = true;
	} else {
		if (!r->has_mask) {
			r->has_mask = true;
			add_mask(r, 0, r->line.len);
		}
		strbuf_addch(&r->line, c);
		add_mask(r, 1, 1);
	}
}

static size_t feed_raw(struct reader *r, const char *p, size_t n)
{
	const char *end = memchr(p, r->delim, n);

	if (!end) {
		add(r, p, n);
		return n;
	}
	r->done = true;
	n = (size_t)(end - p);
	add(r, p, n);
	return n + 1;
}

/** Take bytes up to and including the delimiter; how many were taken. */
static size_t feed(struct reader *r, const char *p, size_t n)
{
	size_t i = 0, start;

	if (r->raw)
		return feed_raw(r, p, n);
	while (i < n && !r->done) {
		if (r->escape) {
			add_escaped(r, p[i++]);
			continue;
		}
		for (start = i; i < n && p[i] != r->delim && p[i] != '\\'; i++)
			;
		add(r, p + start, i - start);
		if (i < n) {
			r->done = p[i] == r->delim;
			r->escape = !r->done;
			i++;
		}
	}
	return i;
}

static void start_line(struct reader *r)
{
	strbuf_reset(&r->line);
	strbuf_reset(&r->mask);
	r->done = r->escape = r->continued = r->has_nul = r->has_mask = false;
}

static void end_line(struct reader *r)
{
	r->text = r->line.buf;
	r->len = r->line.len;
}

/**
 * The first bytes of a line: when the whole line is here as it will be
 * used, it is not copied.
 */
static size_t feed_first(struct reader *r, const char *p, size_t n)
{
	const char *end = memchr(p, r->delim, n);
	size_t len = end ? (size_t)(end - p) : 0;

	if (!end || (!r->raw && memchr(p, '\\', len)) || memchr(p, '\0', len)) {
		n = feed(r, p, n);
		end_line(r);
		return n;
	}
	r->done = true;
	r->text = p;
	r->len = len;
	return len + 1;
}

static enum outcome failed(struct reader *r)
{
	builtin_error(r->t, 2, "standard input: %s", strerror(errno));
	return FAILED;
}

/** Take the line from what is left of the last block, if that is valid. */
static bool take_known(struct reader *r, struct read_ahead *a)
{
	off_t used, offset;

	if (a->pos == a->len || a->file_generation != r->t->sh->file_generation)
		return false;
	used = (off_t)feed_first(r, a->buf + a->pos, a->len - a->pos);
	if (r->done) {
		/* One call both sets the offset and tells what it was. */
		offset = lseek(r->fd, used, SEEK_CUR);
		if (offset == a->offset + used) {
			a->offset = offset;
			a->pos += (size_t)used;
			return true;
		}
		if (offset >= 0)
			lseek(r->fd, -used, SEEK_CUR);
	}
	start_line(r);
	return false;
}

static enum outcome read_file(struct reader *r, struct read_ahead *a)
{
	size_t used;
	ssize_t n;

	if (take_known(r, a))
		return LINE;
	a->pos = a->len = 0;
	end_line(r);
	for (bool first = true; !r->done; first = false) {
		do
			n = read(r->fd, a->buf, sizeof(a->buf));
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return failed(r);
		if (n == 0)
			return END;
		if (first) {
			used = feed_first(r, a->buf, (size_t)n);
		} else {
			used = feed(r, a->buf, (size_t)n);
			end_line(r);
		}
		if (used == (size_t)n)
			continue;
		a->offset = lseek(r->fd, (off_t)used - n, SEEK_CUR);
		if (a->offset < 0)
			return failed(r);
		a->pos = used;
		a->len = (size_t)n;
		a->file_generation = r->t->sh->file_generation;
	}
	return LINE;
}

/**
 * Wait until there is something to read, or a trapped signal: without the
 * signals blocked one could come between the check and read(). -1 for a
 * signal.
 */
static int wait_input(struct reader *r)
{
	struct pollfd p = {.fd = r->fd, .events = POLLIN};
	sigset_t old;

	if (ioctl(r->fd, FIONREAD, &r->available) == 0 && r->available > 0)
		return 0;
	r->available = 0;
	signal_block_all(&old);
	if (!signal_any)
		ppoll(&p, 1, NULL, &old);
	signal_restore_mask(&old);
	return signal_any ? -1 : 0;
}

/** read() that knows signals and descriptors left non-blocking. */
static ssize_t read_some(struct reader *r, char *buf, size_t size)
{
	ssize_t n;

	for (;;) {
		if (r->available == 0 && signal_catching() && wait_input(r) < 0)
			break;
		n = read(r->fd, buf, size);
		if (n >= 0) {
			if (r->available > 0)
				r->available--;
			return n;
		}
		if (errno == EAGAIN) {
			struct pollfd p = {.fd = r->fd, .events = POLLIN};

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return -1;
		}
		if (signal_any)
			break;
	}
	errno = EINTR;
	return -1;
}

static void prompt_again(struct reader *r)
{
	struct strbuf sb = STRBUF_INIT;

	r->continued = false;
	if (!opt_on(r->t->sh, OPT_INTERACTIVE))
		return;
	prompt_expand(r->t, r->t->sh->known.ps2, &sb);
	fd_write(r->t, 2, sb.buf, sb.len);
	strbuf_release(&sb);
}

/** A canonical terminal gives a line at a time, anything else a byte. */
static size_t chunk(const struct reader *r, enum source source)
{
	struct termios tio;

	if (source == SOURCE_TERMINAL && r->delim == '\n' &&
	        tcgetattr(r->fd, &tio) == 0 && tio.c_lflag & ICANON)
		return BLOCK;
	return 1;
}

static enum outcome read_stream(struct reader *r, enum source source)
{
	size_t size = chunk(r, source);
	char buf[BLOCK];
	ssize_t n;

	while (!r->done) {
		n = read_some(r, buf, size);
		if (n <= 0)
			break;
		feed(r, buf, (size_t)n);
		if (r->continued && source == SOURCE_TERMINAL)
			prompt_again(r);
	}
	/* What another process did meanwhile may have changed any file. */
	r->t->sh->file_generation++;
	end_line(r);
	if (r->done)
		return LINE;
	if (n == 0)
		return END;
	return errno == EINTR ? INTERRUPTED : failed(r);
}

static enum source find_source(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return SOURCE_STREAM;
	if (S_ISREG(st.st_mode) || S_ISBLK(st.st_mode))
		return lseek(fd, 0, SEEK_CUR) < 0 ? SOURCE_STREAM : SOURCE_FILE;
	return isatty(fd) ? SOURCE_TERMINAL : SOURCE_STREAM;
}

/** The block that belongs to what R reads. */
static struct read_ahead *get_ahead(struct reader *r)
{
	struct shell *sh = r->t->sh;
	struct read_ahead *a = sh->read_ahead;

	if (!a) {
		a = sh->read_ahead = xmalloc(sizeof(*a));
		a->fd = -1;
	}
	if (a->fd != r->fd || a->fd_generation != sh->fd_generation) {
		a->fd = r->fd;
		a->fd_generation = sh->fd_generation;
		a->source = find_source(r->fd);
		a->pos = a->len = 0;
	}
	return a;
}

static enum outcome read_line(struct reader *r)
{
	struct read_ahead *a;
	struct fd_slot slot = fd_slot(r->t, 0);

	r->fd = slot.real == FD_SAME ? STDIN_FILENO : slot.real;
	if (slot.sink || r->fd < 0) {
		errno = EBADF;
		return failed(r);
	}
	start_line(r);
	a = get_ahead(r);
	if (a->source == SOURCE_FILE)
		return read_file(r, a);
	return read_stream(r, a->source);
}

/** The class of the character at I as a separator, and its length. */
static int separator(const struct reader *r, size_t i, size_t *n)
{
	const struct shell *sh = r->t->sh;
	unsigned char c = (unsigned char)r->text[i];

	*n = 1;
	if (r->has_mask && r->mask.buf[i])
		return 0;
	if (sh->ifs[c] || c < 0x80 || !sh->ifs_multibyte)
		return sh->ifs[c];
	*n = char_len(sh->utf8, r->text + i, r->len - i);
	if (*n > 1 && ifs_has_multibyte(sh, r->text + i, *n))
		return IFS_OTHER;
	return 0;
}

static size_t skip_field(const struct reader *r, size_t i)
{
	size_t n;

	while (i < r->len && !separator(r, i, &n))
		i += n;
	return i;
}

static size_t skip_white(const struct reader *r, size_t i)
{
	size_t n;

	while (i < r->len && separator(r, i, &n) == IFS_WHITE)
		i++;
	return i;
}

/** The end of the separator between two fields (XCU 2.6.5). */
static size_t skip_separator(const struct reader *r, size_t i)
{
	size_t n;

	i = skip_white(r, i);
	if (i < r->len && separator(r, i, &n) == IFS_OTHER)
		i = skip_white(r, i + n);
	return i;
}

/** The last variable gets all that is left, without white space around. */
static struct field last_field(const struct reader *r, size_t i)
{
	size_t n, end = skip_field(r, i);

	if (skip_separator(r, end) < r->len) {
		end = r->len;
		while (end > i && separator(r, end - 1, &n) == IFS_WHITE)
			end--;
	}
	return (struct field){r->text + i, end - i};
}

static void split(const struct reader *r, struct field *field, size_t count)
{
	size_t i = skip_white(r, 0);

	for (; count > 1; count--) {
		size_t start = i;

		i = skip_field(r, i);
		*field++ = (struct field){r->text + start, i - start};
		i = skip_separator(r, i);
	}
	*field = last_field(r, i);
}

static int set(struct task *t, const char *name, struct field f)
{
	struct sym *s = sym_intern(&t->sh->syms, name, strlen(name));

	return var_set(t, s, f.s, f.len);
}

/** Assign the line; assigning must not disturb the splitting (read IFS). */
static int assign(struct reader *r, char **names, size_t count)
{
	struct task *t = r->t;
	struct arena_mark mark = arena_mark(&t->scratch);
	struct field *field;
	int status = 0;

	if (!count) {
		struct field line = {r->text, r->len};

		return var_set(t, t->sh->known.reply, line.s, line.len) ? 2 : 0;
	}
	field = arena_alloc(&t->scratch, count * sizeof(*field));
	split(r, field, count);
	for (size_t i = 0; i < count; i++) {
		if (set(t, names[i], field[i]) < 0)
			status = 2;
	}
	arena_release(&t->scratch, mark);
	return status;
}

static int read_and_assign(struct reader *r, char **names, size_t count)
{
	enum outcome outcome = read_line(r);
	int status;

	if (outcome == FAILED)
		return 2;
	if (r->has_nul)
		builtin_error(r->t, 0, "standard input: NUL bytes ignored");
	status = assign(r, names, count);
	if (status == 0 && outcome == END)
		status = 1;
	if (outcome == INTERRUPTED)
		status = 128 + signal_first_pending();
	return status;
}

static int check_names(struct task *t, char **names)
{
	if (!*names && opt_on(t->sh, OPT_POSIX))
		return builtin_error(t, 2, "name missing");
	for (; *names; names++) {
		if (!name_valid(*names, strlen(*names)))
			return builtin_error(t, 2, "%s: not a name", *names);
	}
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	struct reader r = {.t = t, .delim = '\n'};
	struct optscan scan = {.argv = argv, .i = 1};
	int c, status;

	while ((c = opt_next(t, &scan, "rd:")) != 0) {
		if (c == '?')
			return 2;
		if (c == 'r') {
			r.raw = true;
			continue;
		}
		if (scan.arg[0] && scan.arg[1])
			return builtin_error(
			        t, 2, "%s: a delimiter is one byte", scan.arg);
		r.delim = scan.arg[0];
	}
	status = check_names(t, argv + scan.i);
	if (status)
		return status;
	/* Borrowed: a line costs no allocation. */
	r.line = t->tmp;
	r.mask = t->mask;
	strbuf_init(&t->tmp);
	strbuf_init(&t->mask);
	status = read_and_assign(&r, argv + scan.i, (size_t)(argc - scan.i));
	strbuf_release(&t->tmp);
	strbuf_release(&t->mask);
	t->tmp = r.line;
	t->mask = r.mask;
	return status;
}

const struct builtin builtin_read = {
        .name = "read",
        .run = run,
        .synopsis = "read [-r] [-d delim] [name...]",
        .summary = "read a line and split it into variables",
        .help = "-r  backslashes are plain characters\n"
                "-d  lines end with this byte; with an empty one at NUL bytes\n"
                "Without a name, an extension: the whole line to REPLY.\n"
                "Status 1 at end of input, 2 for an error.\n",
};
