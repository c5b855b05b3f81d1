/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_LOCALE_H
#define MARSH_LOCALE_H

#include "shell/shell.h"

/**
 * Bring the C library's locale, shell->utf8 and shell->posix_locale in line
 * with LC_ALL, LC_* and LANG. Costs nothing while they ask for C or POSIX.
 * The character types of C.UTF-8 are loaded only when locale_ctype_load()
 * says that they are needed.
 */
void locale_update(struct shell *sh);
/**
 * To be called before <wctype.h> or wcwidth() is asked about a character
 * beyond ASCII in an encoding that is UTF-8.
 */
void locale_ctype_load(void);

#endif
