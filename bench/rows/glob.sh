# SPDX-License-Identifier: GPL-3.0-or-later
# Pathname expansion in a folder of 60 files
d=$(mktemp -d) && cd "$d" || exit
trap 'cd / && rm -rf "$d"' EXIT
for a in 0 1 2 3 4 5; do
	for b in 0 1 2 3 4; do : >"a$a$b.c"; : >"a$a$b.h"; done
done
i=0
while [ "$i" -lt "$1" ]; do
	for f in *.c; do :; done
	for f in a[0-9]?.h; do :; done
	i=$((i + 1))
done
