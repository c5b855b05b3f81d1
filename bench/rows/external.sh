# SPDX-License-Identifier: GPL-3.0-or-later
# A program
i=0
while [ "$i" -lt "$1" ]; do
	/bin/true
	i=$((i + 1))
done
