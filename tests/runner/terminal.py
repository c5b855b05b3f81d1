# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases on a pseudo-terminal: what is typed, and what must appear."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from . import execute
from .case import unescape

# Opening the terminal makes it the controlling one of a session leader. That
# it is the standard input before keeps it from being hung up at once.
OPEN_TERMINAL = 'terminal=$1; shift; exec "$@" <>"$terminal" >&0 2>&0'
PATIENCE = 5.0  # seconds that a step waits when it names no other limit
QUIET = 0.3     # seconds after which what is absent will not come any more
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|"
                     r"\x1b[=>78]|\x1b\][^\a]*\a")


class Failure(Exception):
    pass


class Screen:
    """The terminal's other end: all that was written, and what is read."""

    def __init__(self, master, size):
        self.master = master
        self.raw = b""
        self.used = 0  # place in text() up to which it was matched
        self.closed = False
        self.resize(size)

    def resize(self, size):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ,
                    struct.pack("HHHH", size[0], size[1], 0, 0))

    def text(self):
        text = self.raw.decode("utf-8", "backslashreplace")
        return CONTROL.sub("", text).replace("\r\n", "\n")

    def read(self, deadline):
        """Wait for more until DEADLINE; returns whether some came."""
        left = deadline - time.monotonic()
        if self.closed or left <= 0:
            return False
        if not select.select([self.master], [], [], left)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the last process closed its end
            data = b""
        self.closed = not data
        self.raw += data
        return bool(data)

    def expect(self, pattern, seconds):
        deadline = time.monotonic() + seconds
        while True:
            found = pattern.search(self.text(), self.used)
            if found:
                self.used = found.end()
                return
            if not self.read(deadline):
                why = "ended" if self.closed else f"{seconds:g} s passed"
                raise Failure(f"{why} without /{pattern.pattern}/")

    def absent(self, pattern):
        while self.read(time.monotonic() + QUIET):
            pass
        if pattern.search(self.text(), self.used):
            raise Failure(f"there is /{pattern.pattern}/")

    def type(self, data, deadline):
        """Write DATA, reading what is echoed so that neither side waits."""
        while data:
            left = deadline - time.monotonic()
            readable, writable, _ = select.select(
                [self.master], [self.master], [], max(0, left))
            if readable and not self.read(deadline) or not (
                    readable or writable):
                raise Failure("what was typed could not be delivered")
            if writable:
                data = data[os.write(self.master, data[:256]):]


def compile_pattern(line):
    return re.compile(line.decode("utf-8", "surrogateescape"), re.MULTILINE)


def take_step(step, screen, process, setup):
    seconds = float(step.word) if step.kind == "expect" and step.word \
        else PATIENCE
    seconds *= setup.patience
    deadline = time.monotonic() + seconds
    if step.kind == "type":
        for line in step.lines:
            screen.type(unescape(line) + b"\r", deadline)
    elif step.kind == "keys":
        screen.type(unescape(b"".join(step.lines)), deadline)
    elif step.kind == "expect":
        for line in step.lines:
            screen.expect(compile_pattern(line), seconds)
    elif step.kind == "absent":
        for line in step.lines:
            screen.absent(compile_pattern(line))
    elif step.kind == "pause":
        end = time.monotonic() + float(step.word)
        while screen.read(end):
            pass
        time.sleep(max(0, end - time.monotonic()))
    elif step.kind == "signal":
        process.send_signal(getattr(signal, f"SIG{step.word}"))
    elif step.kind == "resize":
        screen.resize([int(word) for word in step.word.split()])
    elif step.kind == "eof":
        os.close(screen.master)
        screen.master, screen.closed = None, True


def wait_for_end(case, screen, process, setup):
    """Wait until the shell exits, and check its status."""
    deadline = time.monotonic() + PATIENCE * setup.patience
    while process.poll() is None:
        if time.monotonic() > deadline:
            raise Failure("the shell did not exit")
        if not screen.read(min(deadline, time.monotonic() + 0.05)):
            time.sleep(0.01)
    problem = execute.check_status(
        case.status, execute.shell_status(process.returncode))
    if problem:
        raise Failure(problem.strip())


def start(case, setup, place):
    """Start the shell; returns its process and the terminal's other end."""
    master, slave = pty.openpty()
    try:
        words, _ = execute.command_line(case, setup, place)
        process = subprocess.Popen(
            ["/bin/sh", "-c", OPEN_TERMINAL, "sh", os.ttyname(slave)]
            + words, stdin=slave, cwd=place.work, env=place.env,
            start_new_session=True)
        screen = Screen(master, case.size)
        execute.track(process.pid, True)
        return process, screen
    finally:
        os.close(slave)


def run(case, setup):
    """Run CASE; returns None or a text that says what is wrong."""
    for key, value in (("PS1", "$ "), ("PS2", "> "), ("TERM", "dumb")):
        case.env.setdefault(key, value)
    place = execute.Place(case, setup)
    try:
        return run_in(case, setup, place)
    finally:
        place.remove()


def run_in(case, setup, place):
    process, screen = start(case, setup, place)
    problem, line = None, case.line
    try:
        for step in case.steps:
            line = step.line
            take_step(step, screen, process, setup)
        if case.status is not None:
            line = case.line
            wait_for_end(case, screen, process, setup)
    except Failure as failure:
        problem = f"  {case.path}:{line}: {failure}\n  the screen:\n"
        for text in screen.text().split("\n"):
            problem += f"    |{text}\n"
    finally:
        if screen.master is not None:
            os.close(screen.master)
        execute.kill_session(process.pid)
        execute.track(process.pid, False)
        process.wait()
    reports = place.sanitizer_reports()
    if reports:
        problem = f"{problem or ''}  sanitizer:\n{reports}\n"
    return problem
