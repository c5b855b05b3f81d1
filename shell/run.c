/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <string.h>

#include "shell/eval.h"
#include "shell/expand.h"
#include "shell/fd.h"
#include "shell/input.h"
#include "shell/parse.h"
#include "shell/var.h"

/* Run a tree and let go of it. */
static enum flow run_tree(struct task *t, struct tree *tree, unsigned flags)
{
	struct tree *outer = t->tree;
	enum flow flow;

	t->tree = tree;
	flow = eval(t, tree->root, flags);
	t->tree = outer;
	tree_unref(tree);
	return flow;
}

/* Is only white space left in a string? */
static bool at_end(const struct input *in)
{
	const char *s = in->text.buf + in->pos;

	return in->kind == INPUT_STRING &&
	       strspn(s, " \t\n") == in->text.len - in->pos;
}

static enum flow run_input(struct task *t, struct input *in, unsigned flags)
{
	bool ran = false;
	enum flow flow = FLOW_NEXT;

	while (flow == FLOW_NEXT) {
		struct tree *tree;

		switch (parse_command(t, in, &tree)) {
		case PARSE_OK:
			if (!tree->root) {
				tree_unref(tree);
				break;
			}
			ran = true;
			flow = run_tree(t, tree, at_end(in) ? flags : 0);
			break;
		case PARSE_EOF:
			if (!ran)
				t->status = 0;
			return FLOW_NEXT;
		default:
			t->status = 2;
			return FLOW_ABORT;
		}
	}
	return flow;
}

enum flow eval_text(
        struct task *t, const char *text, size_t len, int line, unsigned flags)
{
	struct input in;
	int lineno = t->lineno;
	enum flow flow;

	input_string(&in, text, len, line ? line : lineno);
	flow = run_input(t, &in, flags);
	input_release(&in);
	t->lineno = lineno;
	return flow;
}

enum flow eval_file(struct task *t, const char *path, int fd)
{
	struct shell *sh = t->sh;
	char *script = sh->script;
	struct input in;
	int lineno = t->lineno;
	enum flow flow;

	sh->script = (char *)path;
	t->dot_depth++;
	input_fd(&in, INPUT_FILE, fd);
	flow = run_input(t, &in, 0);
	input_release(&in);
	t->dot_depth--;
	sh->script = script;
	t->lineno = lineno;
	return flow == FLOW_RETURN ? FLOW_NEXT : flow;
}

void prompt_expand(struct task *t, struct sym *ps, struct strbuf *sb)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	int status = t->status, lineno = t->lineno;
	int cmdsub_status = t->cmdsub_status;
	struct tree *tree;
	struct word *w;
	const char *s;
	size_t len;

	s = var_get(t, ps, &len);
	if (!s)
		return;
	tree = tree_new();
	w = parse_string(t, tree, s, len);
	if (w && !expand_string(t, w, &s, &len))
		strbuf_add(sb, s, len);
	tree_unref(tree);
	arena_release(&t->scratch, mark);
	t->status = status;
	t->lineno = lineno;
	t->cmdsub_status = cmdsub_status;
}
