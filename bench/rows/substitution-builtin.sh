# SPDX-License-Identifier: GPL-3.0-or-later
# $(...) of a builtin
i=0
while [ "$i" -lt "$1" ]; do
	x=$(echo "$i")
	i=$((i + 1))
done
