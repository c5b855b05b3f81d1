# SPDX-License-Identifier: GPL-3.0-or-later
# Fields at other separators
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
n=$1 i=0
while [ "$i" -lt "$n" ]; do
	IFS=:
	for w in $path; do :; done
	IFS=,
	set -- $path
	x="$*"
	i=$((i + 1))
done
