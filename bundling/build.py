"""Builds the one-folder application: an environment with nothing but the program, PyInstaller, a trial.

`python3 tasks.py bundle` runs it. The environment of the developers is not used: what lies in it would get
into the application, with its licences.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import trial

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bundle"
OUT = ROOT / "dist"
EXTRAS = "pdf"
PYINSTALLER = "pyinstaller>=6.11"
NAME = "annotator"

# Parts of Qt for machines without a desktop, for GTK's look and for the network. They are left out, and with
# them the libraries of the system that only they need.
SHED = (
    "egldeviceintegrations",
    "generic",
    "networkinformation",
    "platforms/libqeglfs.so",
    "platforms/libqlinuxfb.so",
    "platforms/libqminimal.so",
    "platforms/libqminimalegl.so",
    "platforms/libqvkkhrdisplay.so",
    "platforms/libqvnc.so",
    "platformthemes/libqgtk3.so",
    "tls",
)
# Libraries under the GPL, which Python and Qt use where they are.
FORBIDDEN = ("libreadline", "libhistory", "libgdbm", "libdb-")


def main() -> None:
    """Build the application into dist/ and try it out; end with a sentence where that fails."""
    python = _environment()
    _shed(python)
    _run(python, ROOT / "bundling" / "icon.py", WORK / "annotator.png", offscreen=True)
    recipe = ROOT / "bundling" / "annotator.spec"
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--workpath", WORK / "work", "--distpath", OUT, recipe,
    )  # fmt: skip
    folder = OUT / NAME
    _run(python, "-m", "ui.licences", folder / "LICENCES.txt")
    _add_system_notices(folder)
    if os.name == "nt":
        # The registry says what a double-click opens, in the user's own part of it.
        for script in ("associate.cmd", "dissociate.cmd"):
            shutil.copy(ROOT / "bundling" / script, folder)
    found = [path.name for path in folder.rglob("*") if path.name.startswith(FORBIDDEN)]
    if found:
        sys.exit(f"The application must not contain {', '.join(found)}: they are under the GPL.")
    trial.try_out(folder / (f"{NAME}.exe" if os.name == "nt" else NAME))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder} holds the application, {size / 1e6:.0f} MB; it was tried out.")


def _environment() -> Path:
    """A fresh environment with the program and PyInstaller; returns its Python."""
    # What setuptools left from an earlier build would be in the wheel again.
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)
    home = WORK / "venv"
    uv = [sys.executable, "-m", "uv"]
    _run(*uv, "venv", "--quiet", "--clear", "--python", sys.executable, home)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _run(*uv, "pip", "install", "--quiet", "--python", python, f"{ROOT}[{EXTRAS}]", PYINSTALLER)
    return python


def _shed(python: Path) -> None:
    """Take the plugins that are left out from the environment, where PyInstaller would find them."""
    asked = "import PySide6; print(PySide6.__path__[0])"
    told = subprocess.run([python, "-c", asked], cwd=WORK, capture_output=True, text=True, check=True)
    plugins = Path(told.stdout.strip()) / "Qt" / "plugins"
    for name in SHED:
        place = plugins / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _add_system_notices(folder: Path) -> None:
    """Add the notices of the system's libraries that went in, where its packages tell them (Debian's do)."""
    if shutil.which("dpkg-query") is None:
        return
    names = [f"*/{path.name}" for path in (folder / "_internal").glob("*.so*") if not path.is_symlink()]
    # Those that came with a Python package are unknown to it, which it tells by its exit code.
    told = subprocess.run(["dpkg-query", "--search", *names], capture_output=True, text=True, check=False)
    packages = sorted({line.partition(":")[0] for line in told.stdout.splitlines() if ".so" in line})
    with (folder / "LICENCES.txt").open("a", encoding="utf-8") as out:
        for package in packages:
            notice = Path("/usr/share/doc", package, "copyright")
            if notice.is_file():
                out.write(f"\n{'=' * 79}\n{package} (Debian)\n\n{notice.read_text('utf-8', 'replace')}")


def _run(*command: str | Path, offscreen: bool = False) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # Not in the project's folder, whose modules would be taken for the installed ones.
    ended = subprocess.run(command, cwd=WORK, check=False, env=environment)
    if ended.returncode:
        sys.exit(f"The application was not built: this failed: {' '.join(map(str, command))}")


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    main()
