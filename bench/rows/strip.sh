# SPDX-License-Identifier: GPL-3.0-or-later
# The operators of parameter expansions
p=/usr/share/doc/marsh/README.en.txt
i=0
while [ "$i" -lt "$1" ]; do
	a=${p##*/}; b=${p%/*}; c=${a%.*}; d=${a#*.}
	e=${p%%/*}; f=${#p}; g=${none:-$c}; h=${p:+set}
	i=$((i + 1))
done
