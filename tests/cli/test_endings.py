"""Signals, pipes and full disks, in real processes on the small scenario."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, str(Path(__file__).resolve().parent.parent / "smallwar_command.py")]
MANY = "4000000"


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "ALLOHISTORY_HOME": str(tmp_path / "home"), "NUMBA_CACHE_DIR": cache_folder()}


def cache_folder() -> str:
    """The kernels that this process has compiled, so that the child need not."""
    import numba

    return str(Path(numba.config.CACHE_DIR).parent)


def started(environment, *words):
    return subprocess.Popen(
        [*COMMAND, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def is_well_on(line: str) -> bool:
    """Does this line of progress say that some timelines are finished?"""
    found = re.search(r": ([\d,]+) of ", line)
    return found is not None and int(found[1].replace(",", "")) > 100


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal__keeps_what_is_finished(small, environment, sent, code):
    warm = started(
        environment, "ask", "--timelines", "10"
    )  # compiles the kernels where they are not kept yet
    assert warm.wait(timeout=300) == 0
    process = started(environment, "ask", "--json", "--timelines", MANY)
    while not is_well_on(process.stderr.readline()):
        assert process.poll() is None
    asked = time.monotonic()
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert (
        time.monotonic() - asked < 30
    )  # a bound for a loaded machine; the bench measures the second promised
    answer = json.loads(out)
    assert 0 < answer["timelines"] < int(MANY)
    assert "Stopped early" in answer["warnings"][0]
    assert "stopped:" in err


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal__before_anything_is_finished(environment, sent, code):
    process = started(environment, "ask", "--timelines", MANY)
    time.sleep(0.6)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (code, -sent)  # Python may not have been up yet
    assert "Traceback" not in err or process.returncode == -sent


def test_a_signal__while_kernels_compile_ends_at_once(environment, tmp_path):
    environment["NUMBA_CACHE_DIR"] = str(tmp_path / "cold")
    process = started(environment, "ask", "--timelines", MANY)
    time.sleep(5)
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err == "stopped: nothing was finished yet, so nothing is kept\n"
    assert time.monotonic() - asked < 6  # 0.8 s on a quiet machine


def test_a_closed_pipe__ends_quietly(environment):
    line = f"{sys.executable} {COMMAND[1]} record | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_stdout(environment):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "record"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith("error: stdout: the disk is full")


def test_a_home_that_cannot_be_written__does_no_harm(environment, tmp_path):
    (tmp_path / "file").write_text("")
    environment["ALLOHISTORY_HOME"] = str(tmp_path / "file")
    done = subprocess.run(
        [*COMMAND, "outcomes"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
