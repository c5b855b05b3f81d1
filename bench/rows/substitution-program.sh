# SPDX-License-Identifier: GPL-3.0-or-later
# $(...) of a program
i=0
while [ "$i" -lt "$1" ]; do
	x=$(/bin/true)
	i=$((i + 1))
done
