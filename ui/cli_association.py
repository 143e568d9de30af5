"""The command that has the desktop open projects with a double-click, and takes that back."""

from ui.association import associate, dissociate
from ui.cli_output import result


def switch(*, removes: bool) -> int:
    """Associate projects and packages with the program, or take it back; prints each file."""
    paths = dissociate() if removes else associate()
    for path in paths:
        result(f"removed {path}" if removes else f"wrote {path}")
    if removes and not paths:
        result("Nothing was to be taken back.")
    return 0
