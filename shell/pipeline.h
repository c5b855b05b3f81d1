/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PIPELINE_H
#define MARSH_PIPELINE_H

#include "shell/eval.h"

/** Commands that need processes of their own; see eval(). */
enum flow eval_pipeline(struct task *t, const struct node *n);
enum flow eval_async(struct task *t, const struct node *n);
enum flow eval_subshell(struct task *t, const struct node *n, unsigned flags);

#endif
