# SPDX-License-Identifier: GPL-3.0-or-later
# Fields of unquoted expansions
list='one two  three four	five six seven eight nine ten'
n=$1 i=0
while [ "$i" -lt "$n" ]; do
	for w in $list; do :; done
	set -- $list
	i=$((i + 1))
done
