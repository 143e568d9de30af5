"""The command line: the `annotator` command, and `python -m annotator` where that is not on the path."""


def main() -> None:
    # Worker processes load this module too; they need no command, and to load all of them takes long.
    from ui.cli import main as run

    run()


# Worker processes must not start the program again.
if __name__ == "__main__":
    main()
