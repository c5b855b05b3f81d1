/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_VAR_H
#define MARSH_VAR_H

#include "shell/shell.h"

/**
 * The setters of variables: the only way to change one. A setter that can
 * fail returns 0, or -1 after a message ("x: is read only").
 */
int var_set(struct task *t, struct sym *s, const char *value, size_t len);
int var_set_str(struct task *t, struct sym *s, const char *value);
int var_set_int(struct task *t, struct sym *s, intmax_t value);
/** By name; NAME must be a valid name. */
int var_set_name(struct task *t, const char *name, const char *value);
/** Append to the value in place (amortised). */
int var_append(struct task *t, struct sym *s, const char *value, size_t len);
int var_unset(struct task *t, struct sym *s);
/** Add VAR_EXPORT, VAR_READONLY to the flags of S; or take them away. */
void var_flag_set(struct task *t, struct sym *s, unsigned flags);
void var_flag_clear(struct task *t, struct sym *s, unsigned flags);

/**
 * Make S local to frame F: its binding is saved and the new one is a copy
 * of it (XCU 2.9.1.2; `local`). A second time in one frame does nothing.
 */
void var_save(struct task *t, struct frame *f, struct sym *s);
/** Put back all bindings that F saved. */
void var_restore(struct task *t, struct frame *f);

/** The value, or NULL when unset. Valid until the variable changes. */
const char *var_get(struct task *t, const struct sym *s, size_t *len);
/** By name, NULL when unset. */
const char *var_get_name(struct task *t, const char *name);

/** The environment for a program: NULL-terminated, owned by the shell. */
char **var_environ(struct task *t);
/** Take the variables of ENVP (XCU 2.5.3). */
void var_import(struct task *t, char **envp);
/** Is S (LEN bytes) a name (XBD 3.216)? */
bool name_valid(const char *s, size_t len);

#endif
