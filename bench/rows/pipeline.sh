# SPDX-License-Identifier: GPL-3.0-or-later
# A pipeline of two builtins
i=0
while [ "$i" -lt "$1" ]; do
	echo "$i" | while read -r x; do :; done
	i=$((i + 1))
done
