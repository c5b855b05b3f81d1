# SPDX-License-Identifier: GPL-3.0-or-later
# A program in the background, waited for
i=0
while [ "$i" -lt "$1" ]; do
	/bin/true &
	wait "$!"
	i=$((i + 1))
done
