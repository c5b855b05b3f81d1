# SPDX-License-Identifier: GPL-3.0-or-later
# eval of short texts
i=0
while [ "$i" -lt "$1" ]; do
	eval "v$((i % 10))=\$i"; eval 'x=$i; [ "$x" ] && y=$x'
	i=$((i + 1))
done
