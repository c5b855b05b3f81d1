# SPDX-License-Identifier: GPL-3.0-or-later
# Here-documents with expansions, read by a builtin
i=0
while [ "$i" -lt "$1" ]; do
	read -r x <<end
The number is $i
second line $((i + 1))
end
	i=$((i + 1))
done
