/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_NUMBER_H
#define MARSH_NUMBER_H

/**
 * The unsigned decimal number S, or -1 when it is not one. Numbers too
 * large for an int give INT_MAX.
 */
int number_parse(const char *s);

#endif
