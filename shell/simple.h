/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SIMPLE_H
#define MARSH_SIMPLE_H

#include "shell/eval.h"

/** Run a simple command (XCU 2.9.1). */
enum flow eval_simple(struct task *t, const struct node *n, unsigned flags);

#endif
