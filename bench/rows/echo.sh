# SPDX-License-Identifier: GPL-3.0-or-later
# echo to /dev/null
exec >/dev/null
i=0
while [ "$i" -lt "$1" ]; do
	echo "the number is $i" and two more words
	i=$((i + 1))
done
