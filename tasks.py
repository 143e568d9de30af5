"""The project's tasks: `python3 tasks.py run`, `test`, and the rest that `--help` lists.

Needs nothing but Python 3.11 or newer: it makes the virtual environment `.venv`, installs the project
and what Qt needs from the system into it, and then runs the task with that environment's Python.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DEMO = ROOT / "demo"
OLDEST_PYTHON = (3, 11)

# The shared libraries that Qt loads on Linux, with the Debian package that brings each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
# What Qt's X11 plugin loads on top, wanted only where there is a screen.
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
FONT_PACKAGE = "fonts-dejavu-core"
MEMORY_FOR_TEST_FILES = 4 << 30


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else when there is a display server."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def wanted_libraries() -> dict[str, str]:
    """The libraries that Qt needs on this machine, with their packages."""
    return QT_LIBRARIES | (SCREEN_LIBRARIES if has_display() else {})


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """The Debian packages of the system libraries and fonts that Qt would not find here."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for library, package in libraries.items() if not is_loadable(library)]
    if not any(next(folder.rglob("*.[to]tf"), None) for folder in FONT_FOLDERS if folder.is_dir()):
        packages.append(FONT_PACKAGE)
    return packages


def administrator_prefix() -> list[str] | None:
    """What goes before a command to run it as administrator without a password; None if that cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_system_libraries(libraries: dict[str, str]) -> None:
    """Install the system libraries that Qt lacks, or say in one sentence which command does."""
    packages = missing_packages(libraries)
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = administrator_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        sys.exit(
            f"Qt needs system libraries that are missing here; install them with: sudo {' '.join(command)}"
            " (package names of Debian and Ubuntu), then run this again."
        )
    print(f"Installing for Qt: {' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-q"], check=False, env=environment)
    if subprocess.run([*prefix, *command], check=False, env=environment).returncode:
        sys.exit(f"The system libraries could not be installed; try by hand: sudo {' '.join(command)}")


def has_postgres() -> bool:
    """Whether there is a PostgreSQL here that the tests of the hub can start."""
    return bool(shutil.which("initdb") or next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None))


def install_postgres() -> None:
    """Install PostgreSQL for the tests of the hub, or say in one sentence that they are skipped."""
    if has_postgres():
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
    prefix = administrator_prefix() if sys.platform.startswith("linux") and shutil.which("apt-get") else None
    if prefix is not None:
        print("Installing for the tests of the hub: postgresql", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*prefix, "apt-get", "update", "-q"], check=False, env=environment)
        subprocess.run([*prefix, *command], check=False, env=environment)
    if not has_postgres():
        print("The tests of the hub are skipped, for PostgreSQL is not installed here.", flush=True)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_stamp() -> str:
    """Changes when the environment must be installed anew."""
    facts = f"{sys.version_info[:2]}\n{ROOT}\n".encode() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(facts).hexdigest()


def is_of_this_python() -> bool:
    """Whether there is an environment already that works and is of the Python that runs this."""
    asked = "import sys, pip; print(sys.version_info[:2])"
    try:
        answer = subprocess.run([venv_python(), "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == str(sys.version_info[:2])


def make_environment() -> None:
    """Create `.venv` and install the project with its development tools, unless that is done already."""
    stamp_file = VENV / "installed"
    stamp = environment_stamp()
    if stamp_file.exists() and stamp_file.read_text("utf-8") == stamp and venv_python().exists():
        return
    print("Installing Annotator and its libraries into .venv (a few minutes, once) ...", flush=True)
    if not is_of_this_python():
        venv.create(VENV, with_pip=True, clear=True)
    install = [venv_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*install, "--editable", f"{ROOT}[dev]"], check=False).returncode:
        sys.exit("The libraries could not be installed (see above); check the network and run this again.")
    stamp_file.write_text(stamp, "utf-8")


def python(*arguments: str | Path, offscreen: bool = False) -> None:
    """Run the environment's Python on the arguments here; end with its exit code if that is not 0."""
    environment = dict(os.environ)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    started = subprocess.run([venv_python(), *arguments], cwd=ROOT, check=False, env=environment)
    if started.returncode:
        sys.exit(started.returncode)


def step(title: str, *arguments: str | Path) -> None:
    """Run one named check of the test task and tell how long it took."""
    print(f"== {title}", flush=True)
    started = time.monotonic()
    python(*arguments)
    print(f"   {title}: {time.monotonic() - started:.0f} s", flush=True)


def task_run(_arguments: Sequence[str]) -> None:
    """Open the sample project in the window; without a display, drive it offscreen and leave pictures."""
    if has_display():
        python("-m", "annotator", "open", "--sample")
        return
    print(f"There is no display here: the window is driven offscreen instead. Pictures go to {DEMO}")
    python("-m", "ui.tour", DEMO, offscreen=True)


def use_memory_for_test_files() -> None:
    """Keep the tests' files in memory where there is room: their projects sync to disk thousands of times."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > MEMORY_FOR_TEST_FILES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def task_test(arguments: Sequence[str]) -> None:
    """Everything that must hold: style, types, floors, tests. More arguments go to pytest."""
    step("ruff check", "-m", "ruff", "check", ".")
    step("ruff format", "-m", "ruff", "format", "--check", ".")
    step("mypy", "-m", "mypy")
    step("import-linter", "-c", "from importlinter.cli import lint_imports_command as lint; lint()")
    install_postgres()
    workers = str(max(2, os.cpu_count() or 2))
    use_memory_for_test_files()
    step("pytest", "-m", "pytest", "-q", "-n", workers, "-m", "not slow", *arguments)


def task_sweep(arguments: Sequence[str]) -> None:
    """The long tests that `test` leaves out: hostile files, whole corpora."""
    python("-m", "pytest", "-q", "-m", "slow", "--timeout=1800", *arguments)


def task_crash(arguments: Sequence[str]) -> None:
    """Kill windows while they annotate, 1,000 times, and see that nothing is lost; see --help."""
    python("-m", "tests.journeys.crashing", *arguments, offscreen=True)


def task_session(arguments: Sequence[str]) -> None:
    """A long session through the window: memory, handles and speed stay flat; see --help."""
    python("-m", "tests.journeys.long_session", *arguments, offscreen=True)


def task_bench(arguments: Sequence[str]) -> None:
    """Measure speed and memory against named baselines and print the table with the aims."""
    python("-m", "benchmarks", *arguments, offscreen=True)


def task_hands(_arguments: Sequence[str]) -> None:
    """Count the hand actions that 100 spans and 50 disagreements take, into docs/hands.md."""
    python("-m", "benchmarks.hands_page", offscreen=True)


def task_quality(arguments: Sequence[str]) -> None:
    """Score how PDFs are read, and OCR, on a corpus beside the project, into docs/pdf-quality.md."""
    python("-m", "benchmarks.pdf_quality", *arguments)


def task_suggestions(_arguments: Sequence[str]) -> None:
    """State how often suggestions are right on annotated documents, into docs/suggestions.md."""
    python("-m", "benchmarks.suggestion_quality")


def task_passages(_arguments: Sequence[str]) -> None:
    """State how often a claim's passage is among the best that are proposed, into docs/passages.md."""
    python("-m", "tests.linked", ROOT / "docs" / "passages.md")


def task_screens(_arguments: Sequence[str]) -> None:
    """Draw every screen and dialog of the sample project into docs/screens."""
    python("-m", "ui.screens", ROOT / "docs" / "screens", offscreen=True)


def task_oldest(arguments: Sequence[str]) -> None:
    """Run the tests with the oldest versions of the libraries that pyproject.toml allows."""
    home = ROOT / "build" / "oldest"
    python("-m", "uv", "venv", "--quiet", "--clear", "--seed", "--python", venv_python(), home)
    own = home / venv_python().relative_to(VENV)
    install = ["-m", "uv", "pip", "install", "--quiet", "--resolution", "lowest-direct", "--python", own]
    python(*install, "--editable", f"{ROOT}[dev]")
    use_memory_for_test_files()
    workers = str(max(2, os.cpu_count() or 2))
    # Old libraries and new ones that they stand on warn of what newer ones have changed.
    command = [own, "-m", "pytest", "-q", "-n", workers, "-m", "not slow", "-W", "default", *arguments]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


def task_audit(_arguments: Sequence[str]) -> None:
    """Ask for known vulnerabilities of the libraries, where a database can be reached."""
    python("-m", "tests.house.vulnerabilities")


def task_bundle(_arguments: Sequence[str]) -> None:
    """Build the application that starts without Python into dist/, and try it out."""
    install_system_libraries(QT_LIBRARIES | SCREEN_LIBRARIES)  # they go with it
    python("-m", "bundling.build")


def task_sample(_arguments: Sequence[str]) -> None:
    """Make the court order of the sample project anew, a PDF in resources/sample/."""
    python("-m", "resources.sample.make_order")


TASKS: dict[str, Callable[[Sequence[str]], None]] = {
    "run": task_run,
    "test": task_test,
    "sweep": task_sweep,
    "crash": task_crash,
    "session": task_session,
    "suggestions": task_suggestions,
    "passages": task_passages,
    "bench": task_bench,
    "hands": task_hands,
    "quality": task_quality,
    "screens": task_screens,
    "sample": task_sample,
    "bundle": task_bundle,
    "oldest": task_oldest,
    "audit": task_audit,
}


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Annotator needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(
        description="The tasks of the Annotator project.",
        epilog="\n".join(f"  {name:9}{(task.__doc__ or '').splitlines()[0]}" for name, task in TASKS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS)
    chosen, rest = parser.parse_known_args()
    install_system_libraries(wanted_libraries())
    make_environment()
    TASKS[chosen.task](rest)


if __name__ == "__main__":
    main()
