# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts to try a shell with: mutated test cases, random tokens, grammar.

Everything follows from the random.Random that is passed in. A script never
has a slash (so that it names no file outside its directory and no program),
nor the words that reach other processes or other directories.
"""

import re

TOKENS = [
    b";", b"\n", b"&", b"&&", b"||", b"|", b"(", b")", b"{", b"}", b"!", b";;",
    b";&", b"<", b">", b">>", b"<>", b">|", b"<&", b">&", b"<<", b"<<-", b"3<",
    b"2>&1", b">&-", b"<&3", b"'", b'"', b"`", b"\\", b"\\\n", b"$", b"$(",
    b"$((", b"))", b"${", b"${#", b"${x", b"${x:-", b"${x%", b"${x##", b"${@",
    b"}", b"$@", b"$*", b'"$@"', b"$#", b"$?", b"$-", b"$!", b"$$", b"$0",
    b"$1", b"$x", b'"$x"', b"$'", b"\\x", b"\\0", b"~", b"*", b"?", b"[a-z]",
    b"[", b"]", b"[[:alpha:]]", b"[!", b"=", b"x=", b"x=1", b"IFS=", b"#",
    b"+", b"-", b"==", b"<<E\n", b"\nE\n", b"<<'E'\n", b"E", b" ", b"\t",
    b"if", b"then", b"elif", b"else", b"fi", b"for", b"in", b"do", b"done",
    b"while", b"until", b"case", b"esac", b"x", b"y", b"a", b"1", b"0", b"f()",
    b"f", b"echo", b":", b"true", b"false", b"eval", b"set", b"--", b"-e",
    b"-x", b"-u", b"-f", b"shift", b"unset", b"export", b"readonly", b"local",
    b"alias", b"alias a=", b"unalias", b"trap", b"EXIT", b"return", b"exit",
    b"break", b"continue", b"read", b"-r", b"-d", b"printf", b"%s", b"%d",
    b"'%5.3b'", b"test", b"-n", b"-a", b"getopts", b"ab:", b"cd", b"pwd",
    b"umask", b"wait", b"jobs", b"fg", b"bg", b"type", b"command", b"-v",
    b"hash", b"fc", b"times", b"exec", b".", b"\x00", b"\xff", b"\xc3",
    b"\xc3\xa9", b"\xe2\x82", b"\x01", b"\x7f", b"9223372036854775807",
    b"-9223372036854775808", b"99999999999", b"08", b"0x", b"1<<63",
]

FORBIDDEN = re.compile(rb"kill|\.\.|~\w|ulimit|communicate|/")


def safe(text):
    """TEXT without what could do harm, even in a shell gone wrong."""
    while FORBIDDEN.search(text):
        text = FORBIDDEN.sub(b"", text)
    bare = re.sub(rb"[\\'\"`$\n]", b"", text)
    return b"" if b"kill" in bare else text


def soup(rng, _corpus):
    """Random tokens."""
    pieces = []
    for _ in range(rng.choice((3, 10, 30, 100))):
        pieces.append(rng.choice(TOKENS))
        pieces.append(rng.choice((b"", b" ", b" ", b"\n")))
    return b"".join(pieces)


def mutate_once(rng, text, corpus):
    a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    b = min(b, a + rng.choice((1, 4, 20, 200)))
    kind = rng.randrange(8)
    if kind == 0:
        return text[:a] + text[b:]
    if kind == 1:
        return text[:a] + text[a:b] * rng.choice((2, 3, 30)) + text[b:]
    if kind == 2:
        return text[:a] + rng.choice(TOKENS) + text[a:]
    if kind == 3:
        return text[:a] + rng.choice(TOKENS) + text[b:]
    if kind == 4:
        return text[:a] + bytes([rng.randrange(256)]) + text[a + 1:]
    if kind == 5:
        other = rng.choice(corpus)
        c = rng.randint(0, len(other))
        return text[:a] + other[c:c + rng.choice((5, 50))] + text[a:]
    if kind == 6:
        return text[:a]
    return text[:a] + text[b:] + text[a:b]


def mutant(rng, corpus):
    """A test case's script, changed in a few places."""
    text = rng.choice(corpus)
    for _ in range(rng.choice((1, 2, 3, 8))):
        text = mutate_once(rng, text, corpus)[:20000]
    return text


class Grammar:
    """Scripts that are right for the most part."""

    def __init__(self, rng):
        self.rng = rng

    def one(self, *choices):
        return self.rng.choice(choices)

    def many(self, make, depth, low, high, between=" "):
        count = self.rng.randint(low, high)
        return between.join(make(depth) for _ in range(count))

    def name(self):
        return self.one("x", "y", "z", "IFS", "LINENO", "PWD", "OPTIND", "_a")

    def parameter(self):
        return self.one(self.name(), self.name(), "@", "*", "#", "?", "-",
                        "!", "0", "1", "2", "10")

    def arithmetic(self, depth):
        if depth <= 0:
            return self.one("1", "x", "$x", "0x7f", "y", "010", "$1", "-1")
        a, b = self.arithmetic(depth - 1), self.arithmetic(depth - 2)
        operator = self.one("+", "-", "*", "/", "%", "<<", ">>", "<", "==",
                            "&&", "||", "&", "|", "^", "?1:", ",")
        return self.one(f"{a}{operator}{b}", f"({a})", f"-{a}", f"x={a}",
                        f"y+={a}", f"!{a}", f"x++{operator}{b}",
                        f"{a} ? {b} : {a}")

    def expansion(self, depth):
        if depth <= 0:
            return "$" + self.one(self.name(), "@", "*", "1", "?", "#")
        name, word = self.parameter(), self.word(depth - 1)
        operator = self.one("-", ":-", "=", ":=", "+", ":+", "?", ":?", "#",
                            "##", "%", "%%")
        return self.one(
            "${%s%s%s}" % (name, operator, word), "${#%s}" % name,
            "$(%s)" % self.commands(depth - 1), "`%s`" % self.simple(0),
            "$((%s))" % self.arithmetic(depth))

    def piece(self, depth):
        return self.one(
            "a", "b c", "1", "''", "\\*", "*", "?", "[a-c]", "[!x]", "~", "é",
            "'a b'", "$'\\n\\x41'", self.expansion(depth),
            self.expansion(depth), f'"{self.expansion(depth)}"',
            f'"a{self.expansion(depth)}b"')

    def word(self, depth):
        return self.many(self.piece, depth, 1, 3, "")

    def redirection(self, depth):
        return self.one(">f", ">>f", "<f", "2>&1", ">&-", "<&-", "3<f", "<>f",
                        ">|g", "4>&1", "<&3", f">{self.word(0)}",
                        f"<<E\n{self.word(depth)}\nE\n")

    def simple(self, depth):
        words = self.many(self.word, depth, 0, 4)
        return self.one(
            f"echo {words}", f"x={self.word(depth)}", f"set -- {words}",
            f"y={self.word(depth)} : {words}", f"printf '%s %d' {words}",
            f"test {words}", f"eval {words}", f"unset {self.name()}",
            f"export {self.name()}={self.word(depth)}", "shift", "f", "g a b",
            f"local {self.name()}", f"read {self.name()} x", "return 3",
            f"trap 'echo {self.name()}' EXIT", "break", "continue 2",
            f"set {self.one('-', '+')}{self.one(*'abefhmnuvxC')}", "exit",
            f"alias a={self.word(0)} b='{words} '", "a b c", "wait",
            f"readonly z={self.word(depth)}", f"getopts ab: y {words}",
            f"command {words}", f"exec {self.redirection(depth)}", ". f",
            f"cd {self.word(0)}", "jobs", "unalias -a", "trap", "set",
            f"times; umask {self.word(0)}", f"type {words}", "hash -r",
            f"read -d '' {self.name()} <f", "set -o pipefail", "export -p")

    def compound(self, depth):
        body, more = self.commands(depth - 1), self.commands(depth - 2)
        return self.one(
            "{ %s\n}" % body, f"({body})", f"f() {{ {body}\n}}",
            f"g() ({more})", f"if {more}\nthen {body}\nelse {more}\nfi",
            f"for {self.name()} in {self.word(depth)}; do {body}\ndone",
            f"for x do {more}\ndone",
            f"case {self.word(depth)} in ({self.word(0)}) {body};; "
            f"{self.word(0)}|*) {more};; esac",
            f"while read {self.name()}\ndo {body}\ndone <f",
            f"until {more}\ndo {body}\nbreak; done")

    def command(self, depth):
        if depth <= 0 or self.rng.random() < 0.6:
            text = self.simple(depth)
        else:
            text = self.compound(depth)
        if self.rng.random() < 0.2:
            text += " " + self.redirection(depth - 1)
        return text

    def commands(self, depth):
        text = self.command(depth)
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            text += self.one("; ", "\n", " && ", " || ", " | ", " & ", "\n")
            text += self.command(depth - 1)
        return text


def grammatical(rng, corpus):
    """Nested commands; now and then with a change in them."""
    maker = Grammar(rng)
    text = "\n".join(maker.commands(3) for _ in range(rng.randint(1, 6)))
    text = text.encode() + b"\n"
    if rng.random() < 0.3:
        text = mutate_once(rng, text, corpus)
    return text


KINDS = (mutant, mutant, grammatical, grammatical, soup)


def make(rng, corpus):
    return safe(rng.choice(KINDS)(rng, corpus))
