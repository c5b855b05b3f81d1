# SPDX-License-Identifier: GPL-3.0-or-later
# $(...) of a function
f() { echo "$1"; }
i=0
while [ "$i" -lt "$1" ]; do
	x=$(f "$i")
	i=$((i + 1))
done
