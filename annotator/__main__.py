"""`python -m annotator`: the command line, for where the `annotator` command is not on the path."""

from ui.cli import main

# Worker processes load this module too, and must not start the program again.
if __name__ == "__main__":
    main()
