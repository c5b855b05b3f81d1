# SPDX-License-Identifier: GPL-3.0-or-later
# case with several kinds of patterns
a=file.h b=the-second
i=0
while [ "$i" -lt "$1" ]; do
	case $a in
	(x*) ;;
	(*y) ;;
	([0-9]*) ;;
	(one | two | three) ;;
	(*.c | *.h) ;;
	(*) ;;
	esac
	case $b in
	first) ;;
	*second) ;;
	esac
	i=$((i + 1))
done
