"""Where the bundled application starts: the window, on a project that was double-clicked; else the command."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A reader's worker process is this program started again; this call becomes it and does not return.
    multiprocessing.freeze_support()
    from ui.cli import main

    if len(sys.argv) == 1:
        sys.argv.append("open")
    elif sys.argv[1].endswith(".annotator"):
        sys.argv.insert(1, "open")
    main()
