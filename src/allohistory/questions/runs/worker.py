"""A process that makes batches: told the question once, then batch after batch, over its standard input and output.

Each message is eight bytes of length and a pickle. It ends when its input ends, also where its master was killed.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from typing import IO, Any

from allohistory.questions.runs.making import Maker

LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raises EOFError where the other side has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """Make what is asked for until nobody asks any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints shall not disturb the messages
    orders = sys.stdin.buffer
    try:
        question, loader, events = receive(orders)
        maker: Maker | None = None
        while True:
            batch = receive(orders)
            try:
                maker = maker or Maker.from_afar(question, loader, events=events)
                send(answers, maker.make(batch))
            except Exception as error:  # told to the master, which says it to the user
                send(answers, error)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    serve()
