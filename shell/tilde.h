/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_TILDE_H
#define MARSH_TILDE_H

#include "shell/shell.h"

/**
 * The directory that TILDE, "~" or "~name", stands for (XCU 2.6.1), or
 * NULL when it is left as it is. Valid until the next call or HOME changes.
 */
const char *tilde_directory(struct task *t, const char *tilde, size_t len);

#endif
