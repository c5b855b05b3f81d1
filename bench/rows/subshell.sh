# SPDX-License-Identifier: GPL-3.0-or-later
# A subshell
i=0
while [ "$i" -lt "$1" ]; do
	(x=$i)
	i=$((i + 1))
done
