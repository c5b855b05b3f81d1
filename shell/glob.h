/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_GLOB_H
#define MARSH_GLOB_H

#include "shell/expand.h"

/**
 * Pathname expansion (XCU 2.14.3) of a field of LEN bytes; a byte is
 * literal where MASK has MASK_QUOTED. Pushes the sorted matches on OUT and
 * returns how many there were: 0 leaves the field to the caller.
 */
int glob_expand(struct task *t, const char *text, const char *mask, size_t len,
        struct args *out);

/**
 * Is there anything to expand: an unquoted * or ?, or a [ with an unquoted ]
 * after it?
 */
bool glob_is_pattern(const char *text, const char *mask, size_t len);

#endif
