/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SPLIT_H
#define MARSH_SPLIT_H

#include "shell/shell.h"

/** Classes of bytes in shell->ifs[]; 0 is no separator. */
enum {
	IFS_WHITE = 1, /* space, tab or newline that is in IFS */
	IFS_OTHER = 2, /* any other single-byte character in IFS */
};

/**
 * Work out shell->ifs and shell->ifs_multibyte from IFS and the encoding.
 * Characters of several bytes are not in the table.
 */
void ifs_update(struct task *t);
/** Is CH, a character of N > 1 bytes, in IFS? */
bool ifs_has_multibyte(const struct shell *sh, const char *ch, size_t n);

struct args;

/**
 * Field splitting (XCU 2.6.5) of the text of a word and pathname expansion
 * of each field. MASK tells what each byte is (expand.h). EMPTY lists, in
 * order, the NEMPTY offsets at which a quoted empty string stood, which
 * makes a field where there would be none. Fields are pushed on OUT.
 */
void split_fields(struct task *t, const char *text, const char *mask,
        size_t len, const size_t *empty, size_t nempty, struct args *out);
/** Push one field, its pathname expansion if it is a pattern. */
void split_push(struct task *t, const char *text, const char *mask, size_t len,
        struct args *out);

#endif
