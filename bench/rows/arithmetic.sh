# SPDX-License-Identifier: GPL-3.0-or-later
# Arithmetic expansions
i=0
while [ "$i" -lt "$1" ]; do
	a=$((i * 3 + 7)); b=$((a % 10 - i / 2))
	c=$(((a << 2 ^ b) & 0xff)); d=$((c > b ? c : b))
	: $((a += d)) $((a == b || c != d))
	i=$((i + 1))
done
