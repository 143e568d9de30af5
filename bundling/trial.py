"""Tries the bundled application out: the main job by the command line, an old project, and the window.

It is started where no Python and no other program can be found, so that it must have all it needs. The
window is driven from outside, as the system does it: by starting the application once more with a file.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ("sample-order.pdf", "google-search-remedies.html", "whatsapp-nso-injunction.txt")
PATIENCE_SECONDS = 90
COMMAND_SECONDS = 300


def try_out(program: Path) -> None:
    """Try the application; ends with a sentence at the first thing that it cannot do."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(program, Path(folder))
        trial.command_line()
        trial.old_project()
        trial.window()


class Trial:
    """An application and a folder to try it in, with a home that nobody else uses."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        home = folder / "home"
        home.mkdir()
        keep = {"SYSTEMROOT", "TEMP", "TMP"}
        self.environment = {name: value for name, value in os.environ.items() if name.upper() in keep}
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            self.environment[name] = str(home)
        self.environment |= {"PATH": str(home), "QT_QPA_PLATFORM": "offscreen"}

    def run(self, *arguments: str | Path) -> str:
        """What a command prints; ends the trial if it fails."""
        ended = subprocess.run(
            [self.program, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=COMMAND_SECONDS,
            check=False,
        )
        if ended.returncode:
            words = " ".join(map(str, arguments))
            sys.exit(f"The application failed at: {words}\n{ended.stdout}{ended.stderr}")
        return ended.stdout

    def command_line(self) -> None:
        """A project with documents of several formats, read by the worker process; checked and exported."""
        samples = [ROOT / "resources" / "sample" / name for name in SAMPLES]
        self.run("new", "news.annotator")
        self.run("import", "news.annotator", *samples)
        _expect("no problems", self.run("check", "news.annotator"))
        for name, out in (
            ("jsonl", "news.jsonl"),
            ("xlsx", "news.xlsx"),
            ("pdf", "pdfs"),
            ("uima-xmi", "uima"),
        ):
            self.run("export", "news.annotator", "--format", name, "--out", out, "--all")
            _expect(out, "\n".join(path.name for path in self.folder.iterdir()))

    def old_project(self) -> None:
        """A project of the first layout is brought to this one, by steps that are files."""
        layout = (ROOT / "tests" / "layouts" / "0001.sql").read_text("utf-8")
        with closing(sqlite3.connect(self.folder / "old.annotator")) as connection:
            connection.executescript(layout)
        self.run("import", "old.annotator", ROOT / "resources" / "sample" / SAMPLES[2])
        _expect("no problems", self.run("check", "old.annotator"))

    def window(self) -> None:
        """The window imports a PDF that a second start hands to it; a third only brings it to the front."""
        self.run("new", "window.annotator")
        window = subprocess.Popen(
            [self.program, "open", "window.annotator"],
            cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        try:
            self._wait(window, (self.folder / "window.annotator.lock").exists)
            self.run(ROOT / "resources" / "sample" / SAMPLES[0])
            self._wait(window, lambda: "ORDER GRANTING" in self.run("documents", "window.annotator"))
            self.run("open", "window.annotator")
            if window.poll() is not None:
                sys.exit("The window of the application ended by itself.")
        finally:
            window.terminate()
            window.communicate()
        _expect("no problems", self.run("check", "window.annotator"))

    def _wait(self, window: subprocess.Popen[str], is_true: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_true():
            if window.poll() is not None:
                sys.exit(f"The window of the application ended by itself: {window.communicate()[1]}")
            if time.monotonic() > end:
                sys.exit("The window of the application does not do what it is asked to.")
            time.sleep(0.2)


def _expect(words: str, told: str) -> None:
    if words not in told:
        sys.exit(f"The application should have said “{words}”; it said: {told}")


if __name__ == "__main__":
    try_out(Path(sys.argv[1]).resolve())
