"""The door: read the command line, run the command, turn every way of ending into words and an exit code.

0 answered; 1 our fault (one line and the path of a report); 2 yours to mend; 3 finished but short; 130 Ctrl-C;
143 SIGTERM. A closed pipe ends quietly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from allohistory.cli import endings
from allohistory.cli.parser import Asked, read
from allohistory.errors import AllohistoryError

ANSWERED = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (never raises, but for `--help` and `--version`)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    with endings.signals() as watch:
        try:
            code = _run(read(words), watch)
            sys.stdout.flush()
            return watch.code or code
        except AllohistoryError as error:
            return endings.user_error(error, as_json)
        except (KeyboardInterrupt, endings.Ended):
            return endings.ended(watch)
        except BrokenPipeError:
            return endings.closed_pipe()
        except MemoryError:
            return endings.user_error(endings.out_of_memory(), as_json)
        except OSError as error:
            if endings.is_full(error):
                return endings.user_error(endings.stdout_full(error), as_json)
            return endings.our_fault(error, words, as_json)
        except Exception as error:  # whatever it is, the user gets one line and a report
            return endings.our_fault(error, words, as_json)


def _run(asked: Asked, watch: endings.Watch) -> int:
    from importlib import import_module

    asked.options.watch = watch
    command = import_module(f"allohistory.cli.commands.{asked.command}")
    code: int = command.run(asked.options)
    return code


def console() -> None:
    """The entry point of the installed command."""
    code = main()
    try:
        sys.stdout.flush()
    except (BrokenPipeError, OSError):
        endings.closed_pipe()
    sys.stderr.flush()
    if code in (endings.CTRL_C, endings.TERMINATED):
        os._exit(code)  # threads that still compute are not waited for
    sys.exit(code)


if __name__ == "__main__":
    console()
