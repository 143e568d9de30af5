"""Where the bundled application starts: the window, on files that were double-clicked; or a command.

A newcomer would call the command line alone, which prints its help where nothing is asked for: who clicks an
icon wants the window.
"""

import multiprocessing
import sys
from pathlib import Path


def wanted(arguments: list[str]) -> list[str]:
    """The command line that is meant: `open` for nothing, and for files that the system hands over."""
    if not arguments or Path(arguments[0]).is_absolute():
        return ["open", *arguments]
    return arguments


if __name__ == "__main__":
    # A reader's worker process is this program started again; this call becomes it and does not return.
    multiprocessing.freeze_support()
    from ui.cli import main

    sys.argv[1:] = wanted(sys.argv[1:])
    main()
