/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/pattern.h"

#include <stdint.h>
#include <string.h>

#include "shell/base/utf8.h"
#include "shell/pattern-set.h"

/*
 * A pattern is a sequence of segments with a star between each two. A
 * segment matches a fixed number of characters, so where it starts decides
 * where it ends, and the leftmost (rightmost) place for each segment in turn
 * leaves the most room for the others: nothing is ever tried twice.
 */

static const size_t none = (size_t)-1;

enum op_kind {
	OP_TEXT, /* valid characters, compared as bytes */
	OP_CHAR, /* one character, for bytes that are no valid character */
	OP_ANY,
	OP_SET,
};

struct op {
	struct op *next;
	enum op_kind kind;
	uint32_t cp;      /* OP_CHAR */
	const char *text; /* OP_TEXT */
	size_t len;
	const struct pattern_set *set; /* OP_SET */
};

struct segment {
	struct segment *prev, *next;
	struct op *ops;
	size_t nchars;
	const char *text; /* the segment is just this text, else NULL */
	size_t len;
};

struct pattern {
	bool utf8;
	struct segment *first, *last;
};

struct compiler {
	struct arena *arena;
	struct pattern *pattern;
	struct op **tail; /* where the next op goes */
	char *text;       /* literal text that is no op yet */
	size_t len;
};

static struct op *add_op(struct compiler *c, enum op_kind kind)
{
	struct op *op = arena_alloc(c->arena, sizeof(*op));

	*op = (struct op){.kind = kind};
	*c->tail = op;
	c->tail = &op->next;
	return op;
}

static void add_text(struct compiler *c, const char *text, size_t len)
{
	struct op *op;

	if (!len)
		return;
	op = add_op(c, OP_TEXT);
	op->text = text;
	op->len = len;
}

/*
 * Make ops of the pending text. Bytes that are no valid character must not
 * match a part of one, so they cannot be compared as text.
 */
static void flush_text(struct compiler *c)
{
	struct segment *seg = c->pattern->last;
	size_t start = 0, i = 0;

	while (i < c->len) {
		uint32_t cp;
		size_t n = char_decode(
		        c->pattern->utf8, c->text + i, c->len - i, &cp);

		if (cp >= CHAR_INVALID) {
			add_text(c, c->text + start, i - start);
			add_op(c, OP_CHAR)->cp = cp;
			start = i + n;
		}
		i += n;
		seg->nchars++;
	}
	add_text(c, c->text + start, i - start);
	c->text += c->len;
	c->len = 0;
}

static void begin_segment(struct compiler *c)
{
	struct pattern *p = c->pattern;
	struct segment *seg = arena_alloc(c->arena, sizeof(*seg));

	*seg = (struct segment){.prev = p->last};
	if (p->last)
		p->last->next = seg;
	else
		p->first = seg;
	p->last = seg;
	c->tail = &seg->ops;
}

static void end_segment(struct compiler *c)
{
	struct segment *seg = c->pattern->last;

	flush_text(c);
	if (!seg->ops) {
		seg->text = "";
	} else if (!seg->ops->next && seg->ops->kind == OP_TEXT) {
		seg->text = seg->ops->text;
		seg->len = seg->ops->len;
	}
}

static void add_star(struct compiler *c)
{
	struct segment *last = c->pattern->last;

	/* Several stars are one. */
	if (last->prev && !last->ops && !c->len)
		return;
	end_segment(c);
	begin_segment(c);
}

/* The index after the last "]" that could end a bracket expression. */
static size_t last_close(const char *pat, const char *mask, size_t len)
{
	size_t end = 0;

	for (size_t i = 0; i < len; i++) {
		if (mask && mask[i])
			continue;
		if (pat[i] == ']')
			end = i + 1;
		else if (pat[i] == '\\')
			i++;
	}
	return end;
}

struct pattern *pattern_compile(struct arena *arena, bool utf8, const char *pat,
        const char *mask, size_t len)
{
	struct pattern *p = arena_alloc(arena, sizeof(*p));
	struct compiler c = {.arena = arena, .pattern = p};
	const struct pattern_set *set;
	size_t n, close = none;

	*p = (struct pattern){.utf8 = utf8};
	c.text = arena_alloc(arena, len + 1);
	begin_segment(&c);
	for (size_t i = 0; i < len; i++) {
		char ch = mask && mask[i] ? '\0' : pat[i];

		if (ch == '*') {
			add_star(&c);
			continue;
		}
		if (ch == '?') {
			flush_text(&c);
			add_op(&c, OP_ANY);
			p->last->nchars++;
			continue;
		}
		if (ch == '[' && close == none)
			close = last_close(pat, mask, len);
		if (ch == '[' && i < close) {
			set = pattern_set_parse(arena, utf8, pat + i,
			        mask ? mask + i : NULL, len - i, &n);
			if (set) {
				flush_text(&c);
				add_op(&c, OP_SET)->set = set;
				p->last->nchars++;
				i += n - 1;
				continue;
			}
		}
		if (ch == '\\' && i + 1 < len)
			i++;
		c.text[c.len++] = pat[i];
	}
	end_segment(&c);
	*c.text = '\0';
	return p;
}

const char *pattern_literal(const struct pattern *p, size_t *len)
{
	const char *text = p->first == p->last ? p->first->text : NULL;

	if (text)
		*len = p->first->len;
	return text;
}

/* Bytes of the character at S, of which there are LEN > 0. */
static inline size_t forward(const struct pattern *p, const char *s, size_t len)
{
	return (unsigned char)*s < 0x80 || !p->utf8 ? 1
	                                            : char_len(true, s, len);
}

/*
 * Bytes of the character that ends at POS > 0. A valid sequence stands for
 * its character wherever it is found, so looking back gives the same
 * characters as looking forward.
 */
static size_t backward(const struct pattern *p, const char *s, size_t pos)
{
	if ((unsigned char)s[pos - 1] < 0x80 || !p->utf8)
		return 1;
	for (size_t n = 2; n <= 4 && n <= pos; n++) {
		if (char_len(true, s + pos - n, n) == n)
			return n;
	}
	return 1;
}

/* Does SEG match at POS? Where it ends, or none. */
static size_t match_at(const struct pattern *p, const struct segment *seg,
        const char *s, size_t pos, size_t len)
{
	for (const struct op *op = seg->ops; op; op = op->next) {
		size_t left = len - pos;
		uint32_t cp;

		if (op->kind == OP_TEXT) {
			if (left < op->len ||
			        memcmp(s + pos, op->text, op->len) != 0)
				return none;
			pos += op->len;
			continue;
		}
		if (!left)
			return none;
		pos += char_decode(p->utf8, s + pos, left, &cp);
		if (op->kind == OP_CHAR && cp != op->cp)
			return none;
		if (op->kind == OP_SET && !pattern_set_has(op->set, cp))
			return none;
	}
	return pos;
}

/* Does SEG match at the end of S, not before FROM? Where it starts, or none. */
static size_t match_end(const struct pattern *p, const struct segment *seg,
        const char *s, size_t from, size_t len)
{
	size_t pos = len;

	if (seg->text) {
		if (len - from < seg->len ||
		        memcmp(s + len - seg->len, seg->text, seg->len) != 0)
			return none;
		return len - seg->len;
	}
	for (size_t i = 0; i < seg->nchars; i++) {
		if (pos <= from)
			return none;
		pos -= backward(p, s, pos);
	}
	return pos >= from && match_at(p, seg, s, pos, len) == len ? pos : none;
}

/* The first place from FROM on where SEG matches; *END is where it ends. */
static size_t find_first(const struct pattern *p, const struct segment *seg,
        const char *s, size_t from, size_t len, size_t *end)
{
	const struct op *op = seg->ops;

	if (!op) {
		*end = from;
		return from;
	}
	for (;;) {
		if (op->kind == OP_TEXT) {
			const char *at =
			        memmem(s + from, len - from, op->text, op->len);
			if (!at)
				return none;
			from = (size_t)(at - s);
		}
		*end = match_at(p, seg, s, from, len);
		if (*end != none)
			return from;
		if (from >= len)
			return none;
		from += forward(p, s + from, len - from);
	}
}

/* The last place from FROM on where SEG matches; *END is where it ends. */
static size_t find_last(const struct pattern *p, const struct segment *seg,
        const char *s, size_t from, size_t len, size_t *end)
{
	size_t pos = len;

	if (seg->text && seg->len) {
		const char *at;

		if (len - from < seg->len)
			return none;
		pos = len - seg->len + 1;
		while ((at = memrchr(s + from, *seg->text, pos - from))) {
			pos = (size_t)(at - s);
			*end = pos + seg->len;
			if (memcmp(at, seg->text, seg->len) == 0)
				return pos;
		}
		return none;
	}
	while ((*end = match_at(p, seg, s, pos, len)) == none) {
		if (pos <= from)
			return none;
		pos -= backward(p, s, pos);
	}
	return pos;
}

/*
 * The earliest end of all segments before STOP, from FROM on and as far left
 * as they go, the first one (the pattern's head) being at FROM.
 */
static size_t leftmost(const struct pattern *p, const struct segment *stop,
        const char *s, size_t from, size_t len)
{
	const struct segment *seg = p->first;
	size_t end = match_at(p, seg, s, from, len);

	while (end != none && (seg = seg->next) != stop) {
		if (find_first(p, seg, s, end, len, &end) == none)
			return none;
	}
	return end;
}

/* The latest start of all segments after the first, ending with S. */
static size_t rightmost(const struct pattern *p, const char *s, size_t len)
{
	const struct segment *seg = p->last;
	size_t start = match_end(p, seg, s, 0, len), end;

	while (start != none && (seg = seg->prev) != p->first)
		start = find_last(p, seg, s, 0, start, &end);
	return start;
}

bool pattern_match(const struct pattern *p, const char *s, size_t len)
{
	size_t tail;

	if (p->first == p->last)
		return match_at(p, p->first, s, 0, len) == len;
	tail = match_end(p, p->last, s, 0, len);
	return tail != none && leftmost(p, p->last, s, 0, tail) != none;
}

size_t pattern_prefix(
        const struct pattern *p, const char *s, size_t len, bool longest)
{
	size_t end, last_end;

	if (p->first == p->last)
		return match_at(p, p->first, s, 0, len);
	end = leftmost(p, p->last, s, 0, len);
	if (end == none)
		return none;
	if (longest && !p->last->ops)
		return len;
	if ((longest ? find_last : find_first)(
	            p, p->last, s, end, len, &last_end) == none)
		return none;
	return last_end;
}

size_t pattern_suffix(
        const struct pattern *p, const char *s, size_t len, bool longest)
{
	size_t start, end;

	if (p->first == p->last)
		return match_end(p, p->first, s, 0, len);
	start = rightmost(p, s, len);
	if (start == none)
		return none;
	return (longest ? find_first : find_last)(
	        p, p->first, s, 0, start, &end);
}
