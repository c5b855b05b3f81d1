/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_COMMAND_H
#define MARSH_COMMAND_H

#include "shell/shell.h"

/** Command search (XCU 2.9.1.4) and the remembered locations (hash). */

/**
 * The file that running NAME would execute, found along PATH, or NULL and
 * *STATUS 127 (not found) or 126 (found, cannot be executed). The result
 * lives until the command ends. HASH: remember it.
 */
const char *command_find(
        struct task *t, const char *name, bool hash, int *status);
/** The same along the system's default path (command -p). */
const char *command_find_default(struct task *t, const char *name);
/** Forget all remembered locations (PATH changed, hash -r). */
void command_forget(struct shell *sh);
/**
 * The regular file that NAME (without a slash) means along PATH and that can
 * be read (dot), or NULL. The result lives until the command ends.
 */
const char *command_find_readable(struct task *t, const char *name);
/**
 * Print how NAME would be run (command -v; VERBOSE: command -V and type).
 * DEFAULT_PATH: along the system's default path. false, without a message,
 * when there is no such command.
 */
bool command_describe(
        struct task *t, const char *name, bool verbose, bool default_path);
/** Is NAME a reserved word (XCU 2.4)? */
bool reserved_word(const char *name, size_t len);

#endif
