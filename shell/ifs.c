/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/split.h"

#include <string.h>

#include "shell/base/utf8.h"

void ifs_update(struct task *t)
{
	struct shell *sh = t->sh;
	const struct var *v = &sh->known.ifs->var;
	bool set = (v->flags & VAR_SET) != 0;
	const char *ifs = set ? v->value : " \t\n";
	size_t len = set ? v->len : 3, n;

	memset(sh->ifs, 0, sizeof(sh->ifs));
	sh->ifs_multibyte = false;
	for (size_t i = 0; i < len; i += n) {
		unsigned char c = (unsigned char)ifs[i];
		bool white = c == ' ' || c == '\t' || c == '\n';

		n = char_len(sh->utf8, ifs + i, len - i);
		if (n > 1)
			sh->ifs_multibyte = true;
		else
			sh->ifs[c] = white ? IFS_WHITE : IFS_OTHER;
	}
}

bool ifs_has_multibyte(const struct shell *sh, const char *ch, size_t n)
{
	const struct var *v = &sh->known.ifs->var;

	/* Valid UTF-8 cannot be found across a character's boundary. */
	return (v->flags & VAR_SET) && memmem(v->value, v->len, ch, n);
}
