# SPDX-License-Identifier: GPL-3.0-or-later
# Assignments of literals and of other variables
i=0
while [ "$i" -lt "$1" ]; do
	a=one b=$a c="$b two"
	d=$c; e=$a$b; f=; g="$d$e"
	a=$g; b=${e}x; c=three
	i=$((i + 1))
done
