/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/pattern-set.h"

#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "shell/base/utf8.h"
#include "shell/locale.h"

struct range {
	struct range *next;
	uint32_t lo, hi;
};

struct pattern_set {
	bool negated;
	uint32_t table; /* characters below it are in `bits` */
	uint32_t bits[8];
	struct range *ranges; /* others, with the classes */
	unsigned classes;     /* bit i: class_table[i] */
};

static const struct {
	const char *name;
	int (*has)(wint_t);
} class_table[] = {
        {"alnum", iswalnum},
        {"alpha", iswalpha},
        {"blank", iswblank},
        {"cntrl", iswcntrl},
        {"digit", iswdigit},
        {"graph", iswgraph},
        {"lower", iswlower},
        {"print", iswprint},
        {"punct", iswpunct},
        {"space", iswspace},
        {"upper", iswupper},
        {"xdigit", iswxdigit},
};

enum {
	NCLASS = sizeof(class_table) / sizeof(class_table[0]),
	NAME_MAX_LEN = 32, /* of a class or collating symbol */
};

struct parser {
	struct arena *arena;
	bool utf8;
	const char *pat;
	const char *mask;
	size_t len;
	size_t pos;
	struct pattern_set *set;
};

/* Is the byte at I the character C, and not quoted? */
static bool is_at(const struct parser *ps, size_t i, char c)
{
	return i < ps->len && ps->pat[i] == c && !(ps->mask && ps->mask[i]);
}

static void add_range(struct parser *ps, uint32_t lo, uint32_t hi)
{
	struct pattern_set *set = ps->set;
	struct range *r;

	for (; lo <= hi && lo < set->table; lo++)
		set->bits[lo / 32] |= 1u << lo % 32;
	if (lo > hi)
		return;
	r = arena_alloc(ps->arena, sizeof(*r));
	*r = (struct range){.next = set->ranges, .lo = lo, .hi = hi};
	set->ranges = r;
}

/* A class that is not known has no members. */
static void add_class(struct parser *ps, const char *name, size_t len)
{
	struct pattern_set *set = ps->set;
	int i = 0;

	while (i < NCLASS && (strlen(class_table[i].name) != len ||
	                             memcmp(class_table[i].name, name, len)))
		i++;
	if (i == NCLASS)
		return;
	set->classes |= 1u << i;
	for (uint32_t c = 0; c < set->table; c++) {
		wint_t wc = c < 0x80 ? (wint_t)c : btowc((int)c);

		if (wc != WEOF && class_table[i].has(wc))
			set->bits[c / 32] |= 1u << c % 32;
	}
}

/*
 * At "[:", "[." or "[=": the text up to the same character and "]", which
 * are skipped. NULL when they are not there: the "[" is an ordinary one.
 */
static const char *bracketed(struct parser *ps, char kind, size_t *len)
{
	size_t start = ps->pos + 2, i = start;

	if (!is_at(ps, ps->pos, '[') || !is_at(ps, ps->pos + 1, kind))
		return NULL;
	/* What is between may be the character itself: [.].] [...] */
	if (kind != ':')
		i++;
	for (; i < ps->len && i < start + NAME_MAX_LEN; i++) {
		if (is_at(ps, i, kind) && is_at(ps, i + 1, ']')) {
			ps->pos = i + 2;
			*len = i - start;
			return ps->pat + start;
		}
	}
	return NULL;
}

/*
 * One end of a range, or a single character. False for a collating symbol
 * that no locale we know has.
 */
static bool parse_char(struct parser *ps, uint32_t *cp)
{
	const char *name;
	size_t len;

	name = bracketed(ps, '.', &len);
	if (!name)
		name = bracketed(ps, '=', &len);
	if (name)
		return len && char_decode(ps->utf8, name, len, cp) == len;
	if (is_at(ps, ps->pos, '\\') && ps->pos + 1 < ps->len)
		ps->pos++;
	ps->pos +=
	        char_decode(ps->utf8, ps->pat + ps->pos, ps->len - ps->pos, cp);
	return true;
}

static void parse_element(struct parser *ps)
{
	const char *name;
	uint32_t lo, hi;
	size_t len;
	bool known;

	name = bracketed(ps, ':', &len);
	if (name) {
		add_class(ps, name, len);
		return;
	}
	known = parse_char(ps, &lo);
	if (known)
		hi = lo;
	if (is_at(ps, ps->pos, '-') && ps->pos + 1 < ps->len &&
	        !is_at(ps, ps->pos + 1, ']')) {
		ps->pos++;
		known = parse_char(ps, &hi) && known;
	}
	if (known)
		add_range(ps, lo, hi);
}

const struct pattern_set *pattern_set_parse(struct arena *arena, bool utf8,
        const char *pat, const char *mask, size_t len, size_t *used)
{
	struct arena_mark mark = arena_mark(arena);
	struct parser ps = {
	        .arena = arena,
	        .utf8 = utf8,
	        .pat = pat,
	        .mask = mask,
	        .len = len,
	        .pos = 1,
	};
	bool first = true;

	ps.set = arena_alloc(arena, sizeof(*ps.set));
	*ps.set = (struct pattern_set){.table = utf8 ? 0x80 : 0x100};
	if (is_at(&ps, 1, '!') || is_at(&ps, 1, '^')) {
		ps.set->negated = true;
		ps.pos++;
	}
	while (first || !is_at(&ps, ps.pos, ']')) {
		if (ps.pos >= len) {
			arena_release(arena, mark);
			return NULL;
		}
		parse_element(&ps);
		first = false;
	}
	*used = ps.pos + 1;
	return ps.set;
}

static bool has_wide(const struct pattern_set *set, uint32_t cp)
{
	for (const struct range *r = set->ranges; r; r = r->next) {
		if (r->lo <= cp && cp <= r->hi)
			return true;
	}
	if (!set->classes || cp >= CHAR_INVALID)
		return false;
	locale_ctype_load();
	for (int i = 0; i < NCLASS; i++) {
		if ((set->classes & 1u << i) && class_table[i].has(cp))
			return true;
	}
	return false;
}

bool pattern_set_has(const struct pattern_set *set, uint32_t cp)
{
	bool in;

	if (cp < set->table)
		in = (set->bits[cp / 32] >> cp % 32 & 1) != 0;
	else
		in = has_wide(set, cp);
	return in != set->negated;
}
