/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "shell/sym.h"
#include "tests/unit/unit.h"

static void interns(struct unit *u)
{
	struct symtab st;
	struct sym *first[3000];
	char name[16];

	symtab_init(&st);
	for (int i = 0; i < 3000; i++) {
		int n = snprintf(name, sizeof(name), "name%d", i);

		first[i] = sym_intern(&st, name, (size_t)n);
	}
	CHECK(u, st.nsym == 3000);
	for (int i = 0; i < 3000; i++) {
		int n = snprintf(name, sizeof(name), "name%d", i);

		if (!CHECK(u, sym_find(&st, name, (size_t)n) == first[i]))
			break;
		CHECK_STR(u, first[i]->name, name);
	}
	CHECK(u, sym_find(&st, "name", 4) == NULL);
	CHECK(u, sym_intern(&st, "name1xx", 5) == first[1]);
	CHECK(u, sym_intern(&st, "", 0) == sym_find(&st, "", 0));
	symtab_free(&st);
}

static bool is_wanted(const struct sym *s)
{
	return s->name[0] != '_';
}

static void sorts(struct unit *u)
{
	static const char *const names[] = {"zeta", "_hid", "B", "alpha", "b"};
	struct symtab st;
	struct sym **list;
	size_t n;

	symtab_init(&st);
	for (int i = 0; i < 5; i++)
		sym_intern(&st, names[i], strlen(names[i]));
	list = sym_sorted(&st, is_wanted, &n);
	if (CHECK(u, n == 4)) {
		CHECK_STR(u, list[0]->name, "B");
		CHECK_STR(u, list[1]->name, "alpha");
		CHECK_STR(u, list[2]->name, "b");
		CHECK_STR(u, list[3]->name, "zeta");
	}
	free(list);
	symtab_free(&st);
}

int main(void)
{
	static const struct unit_test tests[] = {
	        {"sym: interning", interns},
	        {"sym: sorted list", sorts},
	        UNIT_END,
	};

	return unit_run(tests);
}
