/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/number.h"

#include <limits.h>

int number_parse(const char *s)
{
	int n = 0;

	if (!*s)
		return -1;
	for (; *s; s++) {
		int digit = *s - '0';

		if (digit < 0 || digit > 9)
			return -1;
		if (n > (INT_MAX - digit) / 10)
			n = INT_MAX;
		else
			n = n * 10 + digit;
	}
	return n;
}
