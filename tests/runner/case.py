# SPDX-License-Identifier: GPL-3.0-or-later
"""The format of test cases: see tests/README.md."""

import os
import re
import shlex

# Sections with lines below them, and words that may follow their names.
TEXT = {
    "script": {"escaped", "noeol"},
    "command-string": None,
    "input": {"escaped", "noeol"},
    "output": {"escaped", "noeol", "match", "some", "any"},
    "error": {"escaped", "noeol", "match", "some", "any"},
}
# Steps of a case on a terminal, in the order in which they are taken.
STEP_TEXT = {"type", "keys", "expect", "absent"}
STEP_WORD = {"pause", "signal", "resize", "eof"}
# Sections that are one line.
WORD = {"status", "args", "env", "timeout", "stdin-script", "skip",
        "terminal", "as"}

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.realpath(__file__))))

HEADER = re.compile(rb"=== *(.*?) *$")
SECTION = re.compile(rb"--- ?([a-z-]+) *(.*?) *$")
ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3})|(.))", re.DOTALL)
NAMED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"e": b"\x1b", b"a": b"\a",
         b"b": b"\b", b"f": b"\f", b"v": b"\v", b"\\": b"\\"}


class FormatError(Exception):
    pass


def unescape(text):
    """Replace \\n, \\xHH, \\OOO and the like in TEXT."""
    def one(found):
        if found[1]:
            return bytes([int(found[1], 16)])
        if found[2]:
            return bytes([int(found[2], 8) & 0xFF])
        return NAMED.get(found[3], found[0])
    return ESCAPE.sub(one, text)


class Step:
    """One step of a case on a terminal."""

    def __init__(self, line, kind, word):
        self.line, self.kind, self.word = line, kind, word
        self.lines = []


class Section:
    def __init__(self, line, name, words):
        self.line, self.name, self.words = line, name, words
        self.lines = []

    def text(self):
        body = b"\n".join(self.lines)
        if self.lines and "noeol" not in self.words:
            body += b"\n"
        return unescape(body) if "escaped" in self.words else body


class Case:
    def __init__(self, path, line, name):
        self.path, self.line, self.name = path, line, name
        self.last_line = line
        self.script = None
        self.how = "file"  # or "stdin", "string"
        self.operands = []
        self.args = []
        self.env = {}
        self.input = b""
        self.expected = {}  # "output", "error": Section
        self.status = None
        self.timeout = 10.0
        self.skip = []
        self.size = (24, 80)
        self.arg0 = None
        self.steps = []

    @property
    def title(self):
        return f"{self.path}:{self.line}: {self.name}"

    def has_line(self, line):
        return self.line <= line <= self.last_line

    def skipped_by(self, setup):
        if self.arg0 and "valgrind" in setup.traits:
            return True  # a script cannot pass it on
        return any(word in setup.traits for word in self.skip)

    def error(self, line, text):
        return FormatError(f"{self.path}:{line}: {text}")


def take_text(case, section):
    name, words = section.name, section.words
    allowed = TEXT[name]
    if allowed is not None and not set(words) <= allowed:
        raise case.error(section.line, f"unknown word after {name}")
    if name in case.expected:
        raise case.error(section.line, f"a second {name}")
    if name == "command-string":
        case.how, case.operands = "string", words
        section.words = ()
        if not section.lines:
            return
        name = "script"
    if name == "script":
        if case.script is not None:
            raise case.error(section.line, "a second script")
        case.script = section.text()
    elif name == "input":
        case.input = section.text()
    else:
        case.expected[name] = section
        if "match" in words:
            check_patterns(case, section)


def check_patterns(case, section):
    for number, line in enumerate(section.lines, section.line + 1):
        try:
            re.compile(line)
        except re.error as error:
            raise case.error(number, f"/{line.decode(errors='replace')}/: "
                             f"{error}") from None


def take_word(case, section):
    name, words = section.name, section.words
    if name not in WORD:
        raise case.error(section.line, f"unknown section {name}")
    try:
        if name == "status":
            case.status = words[0] if words[0] == "nonzero" else int(words[0])
        elif name == "args":
            case.args += words
        elif name == "env":
            for word in words:
                key, equals, value = word.partition("=")
                case.env[key] = value if equals else None
        elif name == "timeout":
            case.timeout = float(words[0])
        elif name == "skip":
            case.skip += words
        elif name == "terminal":
            case.size = (int(words[0]), int(words[1]))
        elif name == "as":
            case.arg0 = words[0]
        else:
            case.how = "stdin"
    except (IndexError, ValueError):
        raise case.error(section.line, f"bad value for {name}") from None
    if name == "stdin-script" and section.lines and case.script is None:
        case.script = section.text()
    elif any(line.strip() and not line.startswith(b"#")
             for line in section.lines):
        raise case.error(section.line, f"lines below {name}")


def check(case):
    """The rules that concern several sections."""
    if case.steps:
        if case.how == "stdin" or case.expected or case.input:
            raise case.error(case.line, "a terminal is input and output")
        if case.arg0:
            raise case.error(case.line, "no other name on a terminal")
        return
    if case.script is None:
        raise case.error(case.line, "no script")
    if case.how == "stdin" and case.input:
        raise case.error(case.line, "the script is the input")
    if case.status is None:
        case.status = 0


def add_section(case, section):
    if section.name in STEP_TEXT or section.name in STEP_WORD:
        step = Step(section.line, section.name, " ".join(section.words))
        step.lines = section.lines
        if step.kind in ("expect", "absent"):
            check_patterns(case, step)
        case.steps.append(step)
    elif section.name in TEXT:
        take_text(case, section)
    else:
        take_word(case, section)


def drop_blank_end(lines):
    while lines and not lines[-1].strip():
        lines.pop()


def parse_words(path, line, name, rest):
    text = rest.decode("utf-8", "surrogateescape")
    if name == "env":  # one NAME=VALUE; the value is the rest of the line
        return [text]
    try:
        return shlex.split(text)
    except ValueError as error:
        raise FormatError(f"{path}:{line}: {error}") from None


def short_name(path):
    """PATH seen from the top folder of the source, if it is in there."""
    name = os.path.relpath(os.path.realpath(path), TOP)
    return path if name.startswith("../") else name


def parse_file(path):
    """The list of the cases in the file PATH; raises FormatError."""
    try:
        with open(path, "rb") as file:
            lines = file.read().split(b"\n")
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror}") from None
    return parse_lines(short_name(path), lines)


def parse_lines(path, lines):
    cases, case, section = [], None, None

    def close_section(last=False):
        if section is not None:
            if last:
                drop_blank_end(section.lines)
            add_section(case, section)

    def close_case(line):
        if case is not None:
            close_section(last=True)
            case.last_line = line
            check(case)
            cases.append(case)

    for number, line in enumerate(lines, 1):
        header = HEADER.match(line) if line.startswith(b"===") else None
        found = SECTION.match(line) if line.startswith(b"---") else None
        if header:
            close_case(number - 1)
            name = header[1].decode("utf-8", "replace")
            case, section = Case(path, number, name), None
        elif found and case is not None:
            close_section()
            name = found[1].decode()
            words = parse_words(path, number, name, found[2])
            section = Section(number, name, words)
        elif section is not None:
            escaped = line.startswith((b"\\===", b"\\---"))
            section.lines.append(line[1:] if escaped else line)
        elif line.strip() and not line.startswith(b"#"):
            raise FormatError(f"{path}:{number}: text outside of a section")
    close_case(len(lines))
    return cases
