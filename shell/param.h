/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PARAM_H
#define MARSH_PARAM_H

#include "shell/ast.h"
#include "shell/shell.h"

/**
 * The value of the parameter P names (its operator is not looked at), or
 * NULL when it is unset. $@ and $* are joined. Valid until the parameter
 * changes or the scratch arena is released (XCU 2.5).
 */
const char *param_value(struct task *t, const struct param *p, size_t *len);
/** Its name for messages: "x", "1", "@"; BUF has 16 bytes. */
const char *param_name(const struct param *p, char *buf);
/** What joins the fields of "$*": the first character of IFS. */
const char *param_separator(struct task *t, size_t *len);

#endif
