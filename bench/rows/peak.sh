# SPDX-License-Identifier: GPL-3.0-or-later
# Print the most memory, in KiB, that this shell had at a time while it grew
# and shrank a variable, called functions and substituted commands.
f() { [ "$1" -gt 0 ] && f $(($1 - 1)); }
i=0
while [ "$i" -lt 2000 ]; do
	s=$s"a hundred bytes are not much, but some thousands of them are
	enough to see how the memory grows...."
	x=$(echo "$i")
	set -- $x a b c "$s"
	i=$((i + 1))
done
f 200
while read -r key value unit; do
	if [ "$key" = VmHWM: ]; then echo "$value"; fi
done </proc/$$/status
