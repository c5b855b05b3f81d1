# SPDX-License-Identifier: GPL-3.0-or-later
# Reading a file of 1000 lines of 60 bytes
f=$(mktemp) || exit
trap 'rm -f "$f"' EXIT
i=0
while [ "$i" -lt 1000 ]; do
	echo '0123456789 0123456789 0123456789 0123456789 0123456789 abcd'
	i=$((i + 1))
done >"$f"
i=0
while [ "$i" -lt "$1" ]; do
	while read -r x; do
		:
	done <"$f"
	i=$((i + 1))
done
