/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PATTERN_SET_H
#define MARSH_PATTERN_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shell/base/arena.h"

/** Bracket expressions of patterns (XCU 2.14.1, XBD 9.3.5). */
struct pattern_set;

/**
 * Parse the bracket expression at the "[" where PAT begins; MASK as for
 * pattern_compile(). The set, in ARENA, and the bytes it takes in *USED; or
 * NULL when no "]" ends it.
 */
const struct pattern_set *pattern_set_parse(struct arena *arena, bool utf8,
        const char *pat, const char *mask, size_t len, size_t *used);
/** Is CP, as char_decode() gave it, a character that SET matches? */
bool pattern_set_has(const struct pattern_set *set, uint32_t cp);

#endif
