# SPDX-License-Identifier: GPL-3.0-or-later
# echo to a file
f=$(mktemp) || exit
trap 'rm -f "$f"' EXIT
exec >"$f"
i=0
while [ "$i" -lt "$1" ]; do
	echo "the number is $i" and two more words
	i=$((i + 1))
done
