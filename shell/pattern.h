/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PATTERN_H
#define MARSH_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "shell/base/arena.h"

/**
 * Pattern matching notation (XCU 2.14): ? * [...] with ranges, classes
 * [:alpha:], collating symbols [.x.] and equivalence classes [=x=], and
 * backslash. Patterns are compiled once and matched against bytes or UTF-8
 * characters. A bracket that is not a valid expression matches itself.
 * Matching takes O(pattern * subject) at worst.
 */
struct pattern;

/**
 * Compile PAT. MASK says of each byte whether it is quoted: a non-zero
 * byte in MASK makes that byte of PAT literal (NULL: nothing is quoted).
 * An unquoted backslash escapes the next byte. The result lives in ARENA
 * and refers to no other memory.
 */
struct pattern *pattern_compile(struct arena *arena, bool utf8, const char *pat,
        const char *mask, size_t len);
/** Does the whole of S match? */
bool pattern_match(const struct pattern *p, const char *s, size_t len);
/**
 * Length of the shortest/longest prefix of S that matches, or (size_t)-1.
 */
size_t pattern_prefix(
        const struct pattern *p, const char *s, size_t len, bool longest);
/**
 * Start of the shortest/longest suffix of S that matches, or (size_t)-1.
 */
size_t pattern_suffix(
        const struct pattern *p, const char *s, size_t len, bool longest);
/**
 * A pattern without special characters is plain text: its text and *LEN,
 * else NULL. The text is NUL-terminated and lives in the pattern's arena.
 */
const char *pattern_literal(const struct pattern *p, size_t *len);

#endif
