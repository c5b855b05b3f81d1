# SPDX-License-Identifier: GPL-3.0-or-later
# A string that grows to 5000 bytes
i=0
while [ "$i" -lt "$1" ]; do
	s=; j=0
	while [ "$j" -lt 500 ]; do s=$s"0123456789"; j=$((j + 1)); done
	i=$((i + 1))
done
