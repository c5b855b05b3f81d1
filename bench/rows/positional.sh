# SPDX-License-Identifier: GPL-3.0-or-later
# Positional parameters
n=$1
i=0
while [ "$i" -lt "$n" ]; do
	set -- a b "$i" d e
	shift; x=$1$2; shift 2; y=$#
	for z in "$@"; do :; done; set -- "$@" f
	i=$((i + 1))
done
