/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ESCAPE_H
#define MARSH_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "shell/base/strbuf.h"

/** Escape sequences of echo and printf. */

/**
 * Add to SB what the sequence at S, behind its backslash, stands for; one
 * that means nothing is added as it is. ZERO: up to three octal digits may
 * follow a 0. Returns what is behind the sequence.
 */
const char *escape_add(struct strbuf *sb, const char *s, bool zero);
/**
 * Add S with its sequences replaced, as echo and printf's %b do. False when
 * \c said that all output ends there.
 */
bool escape_add_all(struct strbuf *sb, const char *s);

#endif
