# SPDX-License-Identifier: GPL-3.0-or-later
# test and [
a=abc b=abd
i=0
while [ "$i" -lt "$1" ]; do
	[ "$i" -gt 5 ]; [ -n "$a" ]; [ "$a" = "$b" ]
	test abc != "$a"; [ -z "" ]; [ "$a" = x ] || [ 3 -eq 3 ]
	i=$((i + 1))
done
