"""`allohistory studio`: one line with the address, one line where it cannot listen, and a quiet end."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from allohistory.cli.main import main

COMMAND = [sys.executable, "-m", "allohistory.cli.main", "studio"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_studio__says_where_it_is_answers_and_ends_quietly(number, code):
    server = subprocess.Popen(
        [*COMMAND, "--port", "0", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        address = json.loads(server.stdout.readline())["address"]
        assert address.startswith("http://127.0.0.1:") and address.endswith("/")
        assert httpx.get(address, timeout=60).status_code == 200
        server.send_signal(number)
        rest, complaints = server.communicate(timeout=60)
    finally:
        server.kill()
        server.wait()
    assert server.returncode == code and rest == ""
    assert [line for line in complaints.splitlines() if not line.startswith("note: ")] == []


def test_studio__names_the_next_port_where_one_is_taken(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["studio", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0].startswith(f"error: --port: something listens on port {port} already")
    assert f"nearest: {port + 1}" in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--port", "70000"), "nearest: 8765"),
        (("--port", "many"), "--port"),
        (("--host", "0.0.0.0"), "nearest: --public --host 0.0.0.0"),
        (("--public", "--host", "no.such.host.invalid"), "--host"),
    ],
)
def test_studio__says_in_one_line_what_cannot_be(words, says, capsys):
    assert main(["studio", *words]) == 2
    said = capsys.readouterr()
    assert said.out == "" and says in said.err.splitlines()[0]


def test_studio__is_not_loaded_by_other_commands():
    code = (
        "import sys; from allohistory.cli.parser import build; build(); "
        "sys.exit(any(name in sys.modules for name in ('fastapi', 'uvicorn', 'starlette', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
