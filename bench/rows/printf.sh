# SPDX-License-Identifier: GPL-3.0-or-later
# printf to /dev/null
exec >/dev/null
i=0
while [ "$i" -lt "$1" ]; do
	printf '%s %5d %-8s|%x\n' word "$i" left 255
	i=$((i + 1))
done
