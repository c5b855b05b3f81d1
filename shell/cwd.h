/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_CWD_H
#define MARSH_CWD_H

#include "shell/shell.h"

/** The name of the current directory. */

/**
 * PWD when it is an absolute pathname of the current directory without
 * "." and ".." components, else NULL. PWD may be NULL.
 */
const char *cwd_logical(const char *pwd);
/**
 * When the shell starts: keep the environment's PWD if it is right, else
 * make it the physical name (XCU 2.5.3). Unset when there is none.
 */
void cwd_init(struct task *t);

#endif
