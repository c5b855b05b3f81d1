# SPDX-License-Identifier: GPL-3.0-or-later
"""Running one case: a session of its own in a fresh folder."""

import difflib
import os
import re
import resource
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time

# How long output is still collected after the shell itself has ended, while
# some process that it left behind keeps a pipe open.
LINGER = 0.5

VALGRIND = ("valgrind -q --log-file='%q{MARSH_REPORT}.%p' "
            "--child-silent-after-fork=no --leak-check=full "
            "--errors-for-leak-kinds=definite "
            "--show-leak-kinds=definite --track-fds=no")

live_sessions = set()
live_lock = threading.Lock()
# Of its log (a case's output may get there by descriptor number) only this
# counts, and that is all that counts under valgrind: it cannot run programs
# as the shell does in every respect.
VALGRIND_REPORT = re.compile(
    r"^==\d+== (?!Valgrind: failed to move|execve.* failed|EXEC FAILED"
    r"|Add more stringent tests).*\n", re.MULTILINE)


class Setup:
    """What is common to all cases of a run."""

    def __init__(self, testee, source, patience, valgrind=False):
        self.testee = testee
        self.source = source
        self.traits = {"root" if os.geteuid() == 0 else "user"}
        self.patience = 1.0
        with open(testee, "rb") as file:
            if b"__asan_init" in file.read():
                self.traits.add("sanitizers")
                self.patience = 4.0
        if valgrind:
            self.traits |= {"sanitizers", "valgrind"}
            self.patience = 20.0
            self.wrap(VALGRIND)
        self.patience = patience or self.patience

    def wrap(self, words):
        """Make the testee a script that starts it with the help of WORDS."""
        self.folder = tempfile.TemporaryDirectory(prefix="marsh-testee-")
        path = os.path.join(self.folder.name, os.path.basename(self.testee))
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nexec {words} {self.testee} \"$@\"\n")
        os.chmod(path, 0o755)
        self.testee = path


def normalise_process():
    """Undo what this process inherited and its children would, too."""
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGINT,
                          signal.SIGPIPE, signal.SIGXFSZ):
            try:
                signal.signal(number, signal.SIG_DFL)
            except (OSError, ValueError):
                pass  # reserved by the C library
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Place:
    """The fresh folders of a case, removed at the end."""

    def __init__(self, case, setup):
        base = os.path.realpath(tempfile.gettempdir())
        self.top = tempfile.mkdtemp(prefix="marsh-test-", dir=base)
        self.work = os.path.join(self.top, "work")
        self.logs = os.path.join(self.top, "logs")
        os.mkdir(self.work)
        os.mkdir(self.logs)
        self.valgrind = "valgrind" in setup.traits
        self.env = self.environment(case, setup)

    def environment(self, case, setup):
        env = {key: value for key, value in os.environ.items()
               if not key.startswith(("LC_", "MARSH_", "MAKE", "BASH_"))}
        for key in ("ENV", "LANG", "LANGUAGE", "MFLAGS", "POSIXLY_CORRECT",
                    "CDPATH", "OLDPWD", "COLUMNS", "LINES", "SHELLOPTS"):
            env.pop(key, None)
        report = os.path.join(self.logs, "sanitizer")
        env.update({
            "LC_ALL": "C.UTF-8", "HOME": self.work, "PWD": self.work,
            "TESTEE": setup.testee, "MARSH_SOURCE": setup.source,
            "TMPDIR": self.top, "MARSH_REPORT": report,
            "ASAN_OPTIONS": f"log_path={report}:exitcode=99:"
                            "detect_stack_use_after_return=0:"
                            "allocator_may_return_null=1:"
                            "allow_user_segv_handler=1",
            "UBSAN_OPTIONS": f"log_path={report}:print_stacktrace=1",
        })
        for key, value in case.env.items():
            if value is None:
                env.pop(key, None)
            else:
                env[key] = value
        return {os.fsencode(k): os.fsencode(v) for k, v in env.items()}

    def write(self, name, content):
        path = os.path.join(self.top, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def sanitizer_reports(self):
        text = ""
        for name in sorted(os.listdir(self.logs)):
            with open(os.path.join(self.logs, name), errors="replace") as f:
                text += f.read()
        if self.valgrind:
            text = "".join(VALGRIND_REPORT.findall(text))
        return text

    def remove(self):
        try:
            shutil.rmtree(self.top)
        except OSError:  # a case took away permissions
            subprocess.run(["chmod", "-R", "u+rwx", self.top],
                           stderr=subprocess.DEVNULL, check=False)
            shutil.rmtree(self.top, ignore_errors=True)


def command_line(case, setup, place):
    """The words that start the shell, and what its standard input is."""
    words = [case.arg0 or setup.testee] + case.args
    stdin = case.input
    if case.how == "string":
        script = case.script
        if script.endswith(b"\n"):
            script = script[:-1]
        words += ["-c", script] + case.operands
    elif case.how == "stdin":
        stdin = case.script
    elif case.script is not None:
        place.write("script", case.script)
        words.append("../script")
    return [os.fsencode(word) for word in words], stdin


def session_members(session):
    """The ids of the living processes in SESSION."""
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in (b"Z", b"X"):
            yield int(name)


def kill_session(session):
    """Kill every process of SESSION; returns how many there were."""
    killed = set()
    for _ in range(100):
        members = list(session_members(session))
        if not members:
            break
        for pid in members:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        killed.update(members)
        time.sleep(0.005)
    return len(killed)


def track(session, alive):
    with live_lock:
        (live_sessions.add if alive else live_sessions.discard)(session)


def kill_all_sessions():
    with live_lock:
        for session in live_sessions:
            kill_session(session)


def collect(process, deadline):
    """Read both outputs until all is said; returns (out, err, timed_out)."""
    streams = {process.stdout: bytearray(), process.stderr: bytearray()}
    pidfd = os.pidfd_open(process.pid)
    ended = timed_out = False
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        selector.register(pidfd, selectors.EVENT_READ)
        waiting = len(streams)
        while waiting or not ended:
            left = deadline - time.monotonic()
            events = selector.select(max(0, left))
            if not events:
                timed_out = not ended
                break
            for key, _ in events:
                if key.fileobj == pidfd:
                    ended = True
                    selector.unregister(pidfd)
                    deadline = time.monotonic() + LINGER
                    continue
                data = os.read(key.fd, 65536)
                streams[key.fileobj] += data
                if not data:
                    selector.unregister(key.fileobj)
                    waiting -= 1
    os.close(pidfd)
    return (bytes(streams[process.stdout]), bytes(streams[process.stderr]),
            timed_out)


def shell_status(code):
    return 128 - code if code < 0 else code


def lines_of(text):
    return [line.decode("utf-8", "backslashreplace")
            for line in text.split(b"\n")]


def show_diff(name, expected, got):
    """A readable difference, or None when the texts are the same."""
    if expected == got:
        return None
    old, new = lines_of(expected), lines_of(got)
    for lines in (old, new):
        if lines[-1] == "":
            lines.pop()
        elif lines:
            lines[-1] += "  (no newline at the end)"
    text = f"  {name}: - expected, + got\n"
    shown = list(difflib.unified_diff(old, new, lineterm="", n=3))[2:]
    if len(shown) > 200:
        shown = shown[:200] + [f" ... {len(shown) - 200} more lines"]
    for line in shown:
        text += f"    {line}\n" if not line.startswith("@@") else ""
    return text


def show_mismatch(section, got):
    """Compare each line of GOT with the pattern in its place."""
    lines = got.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    text = ""
    for number in range(max(len(lines), len(section.lines))):
        line = lines[number] if number < len(lines) else None
        want = (section.lines[number] if number < len(section.lines)
                else None)
        if want is not None and line is not None:
            if re.fullmatch(want, line):
                continue
        for mark, value in (("~", want), ("+", line)):
            if value is not None:
                shown = value.decode("utf-8", "backslashreplace")
                text += f"    {mark}{shown}\n"
    if not text:
        return None
    return f"  {section.name}: ~ expected to match, + got\n{text}"


def check_stream(case, name, got):
    section = case.expected.get(name)
    if section is None:
        return show_diff(name, b"", got)
    if "any" in section.words:
        return None
    if "some" in section.words:
        return None if got else f"  {name}: expected some, got none\n"
    if "match" in section.words:
        return show_mismatch(section, got)
    return show_diff(name, section.text(), got)


def check_status(expected, got):
    if expected == "nonzero":
        good = got != 0
    else:
        good = expected == got
    return None if good else f"  status: expected {expected}, got {got}\n"


def run(case, setup):
    """Run CASE; returns None or a text that says what is wrong."""
    place = Place(case, setup)
    try:
        return run_in(case, setup, place)
    finally:
        place.remove()


def run_in(case, setup, place):
    words, stdin = command_line(case, setup, place)
    limit = case.timeout * setup.patience
    with open(place.write("input", stdin), "rb") as file:
        process = subprocess.Popen(
            words, executable=setup.testee, stdin=file,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
            cwd=place.work, env=place.env, start_new_session=True)
    track(process.pid, True)
    try:
        out, err, timed_out = collect(process, time.monotonic() + limit)
    finally:
        kill_session(process.pid)
        track(process.pid, False)
        status = shell_status(process.wait())
        process.stdout.close()
        process.stderr.close()
    problems = []
    if timed_out:
        problems.append(f"  killed after {limit:g} s\n")
    elif "valgrind" not in setup.traits:
        problems.append(check_status(case.status, status))
        problems.append(check_stream(case, "output", out))
        problems.append(check_stream(case, "error", err))
    reports = place.sanitizer_reports()
    if reports:
        problems.append(f"  sanitizer:\n{reports}\n")
    return "".join(p for p in problems if p) or None
