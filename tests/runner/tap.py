# SPDX-License-Identifier: GPL-3.0-or-later
"""Test programs that report in TAP: "1..N", "ok 1 - name", "not ok ..."."""

import os
import re
import signal
import subprocess

from . import execute

LIMIT = 120.0
RESULT = re.compile(r"(not )?ok\b *\d* *-? *(.*)")


class Program:
    def __init__(self, path):
        self.path = path
        self.env = {}

    @property
    def title(self):
        return os.path.relpath(self.path)


def run(program, setup):
    """Run PROGRAM; returns a list of (title, None or what is wrong)."""
    place = execute.Place(program, setup)
    try:
        return run_in(program, setup, place)
    finally:
        place.remove()


def run_in(program, setup, place):
    process = subprocess.Popen(
        [os.path.abspath(program.path)], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place.work,
        env=place.env, start_new_session=True)
    execute.track(process.pid, True)
    try:
        out, err = process.communicate(timeout=LIMIT * setup.patience)
        ended = f"ended with status {execute.shell_status(process.returncode)}"
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        ended = "was killed: it took too long"
    finally:
        execute.kill_session(process.pid)
        execute.track(process.pid, False)
    notes = err.decode("utf-8", "backslashreplace")
    notes += place.sanitizer_reports()
    results = read_results(program, out, notes)
    planned = re.search(r"^1\.\.(\d+)$", out.decode(errors="replace"), re.M)
    bad = [problem for _, problem in results if problem]
    if process.returncode != 0 and not bad:
        results.append((program.title, f"  {ended}\n{notes}"))
    elif not planned or int(planned[1]) != len(results):
        results.append((program.title, "  did not report all its tests\n"
                        + notes))
    elif "Sanitizer" in notes and not bad:
        results.append((program.title, notes))
    return results


def read_results(program, out, notes):
    results, remarks = [], ""
    for line in out.decode("utf-8", "backslashreplace").splitlines():
        found = RESULT.match(line)
        if found:
            problem = f"{remarks}{notes}" or "  not ok\n"
            results.append((f"{program.title}: {found[2]}",
                            problem if found[1] else None))
            remarks = ""
        elif line.startswith("#"):
            remarks += f"  {line}\n"
    return results
