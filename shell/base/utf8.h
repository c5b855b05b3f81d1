/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_UTF8_H
#define MARSH_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Characters of the current locale: UTF-8 or single bytes. A byte that
 * does not start a valid sequence is a character of its own with the value
 * CHAR_INVALID + byte, so that invalid input is carried through unchanged.
 * `utf8` is true when the locale's encoding is UTF-8.
 */
#define CHAR_INVALID 0x110000u

/** Decode one character of S (LEN > 0 bytes) into *CP; bytes consumed. */
size_t char_decode(bool utf8, const char *s, size_t len, uint32_t *cp);
/** Bytes of the first character of S (LEN > 0). */
size_t char_len(bool utf8, const char *s, size_t len);
/** Number of characters in S. */
size_t char_count(bool utf8, const char *s, size_t len);
/** Encode CP as UTF-8 into OUT (4 bytes); bytes written. */
size_t utf8_encode(uint32_t cp, char *out);

#endif
