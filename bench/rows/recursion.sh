# SPDX-License-Identifier: GPL-3.0-or-later
# A function that calls itself 30 deep
f() {
	[ "$1" -gt 0 ] && f $(($1 - 1))
	return 0
}
i=0
while [ "$i" -lt "$1" ]; do
	f 30
	i=$((i + 1))
done
