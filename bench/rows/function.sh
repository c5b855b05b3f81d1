# SPDX-License-Identifier: GPL-3.0-or-later
# Calls of functions
f() { x=$2; return 0; }
g() { :; }
i=0
while [ "$i" -lt "$1" ]; do
	f a "$i" c; g; f x y z
	i=$((i + 1))
done
