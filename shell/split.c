/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/split.h"

#include <string.h>

#include "shell/base/utf8.h"
#include "shell/expand.h"
#include "shell/glob.h"

void split_push(struct task *t, const char *text, const char *mask, size_t len,
        struct args *out)
{
	if (!opt_on(t->sh, OPT_NOGLOB) && glob_is_pattern(text, mask, len) &&
	        glob_expand(t, text, mask, len, out))
		return;
	args_push(t, out, arena_strndup(&t->scratch, text, len));
}

/*
 * The IFS class of the character at TEXT, 0 for an ordinary one, and its
 * length in *N. Only results of expansions can separate fields.
 */
static int classify(const struct shell *sh, const char *text, const char *mask,
        size_t len, size_t *n)
{
	*n = 1;
	if (!(*mask & MASK_RESULT))
		return 0;
	if (!sh->ifs_multibyte || !(*text & 0x80))
		return sh->ifs[(unsigned char)*text];
	*n = char_len(true, text, len);
	return ifs_has_multibyte(sh, text, *n) ? IFS_OTHER : 0;
}

void split_fields(struct task *t, const char *text, const char *mask,
        size_t len, const size_t *empty, size_t nempty, struct args *out)
{
	const struct shell *sh = t->sh;
	size_t i = 0, start = 0, n, e = 0;
	bool open = false;  /* a field has begun at `start` */
	bool white = false; /* it was ended by white space only */

	while (i < len) {
		int c;

		if (e < nempty && empty[e] <= i) {
			e++;
			if (!open) {
				open = true;
				start = i;
			}
			white = false;
			continue;
		}
		c = classify(sh, text + i, mask + i, len - i, &n);
		if (!c) {
			if (!open) {
				open = true;
				start = i;
			}
			white = false;
			i += n;
			continue;
		}
		if (c == IFS_WHITE) {
			if (open) {
				split_push(t, text + start, mask + start,
				        i - start, out);
				open = false;
				white = true;
			}
		} else {
			/* ends a field, even an empty one, unless white
			   space before it has ended one already */
			if (open)
				split_push(t, text + start, mask + start,
				        i - start, out);
			else if (!white)
				args_push(t, out, (char *)"");
			open = false;
			white = false;
		}
		i += n;
	}
	if (!open && e < nempty) {
		open = true;
		start = len;
	}
	if (open)
		split_push(t, text + start, mask + start, len - start, out);
}
