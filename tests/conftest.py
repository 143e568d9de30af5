"""What every test has: no screen, the user's folders in a temporary place, the corpus if it is there."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import MISSING, Server, binaries, running_server

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# How long an example takes tells how busy the machine is, not whether a law holds.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's home, config and data folders, away from the real ones; child processes inherit them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.split("_")[1].lower()))
    return home


@pytest.fixture
def corpus() -> Path:
    """The folder of real filings and articles beside the project; the test is skipped where there is none."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus folder is not beside the project")
    return CORPUS


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """Python collects garbage by itself again after a window, which sees to that in its own way."""
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_window_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that used Qt leaves no top-level window visible behind."""
    yield
    if "qtbot" not in request.fixturenames:
        return
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()] if application else []
    for window in left:
        window.close()
    assert not left, f"windows left open: {left}"


@pytest.fixture(scope="session")
def postgres_process() -> Iterator[Server]:
    """A PostgreSQL that all tests of this process share; the tests are skipped where there is none."""
    if binaries() is None:
        pytest.skip(MISSING)
    with running_server() as server:
        yield server


@pytest.fixture
def postgres(postgres_process: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The PostgreSQL, whose passwords libpq finds."""
    monkeypatch.setenv("PGPASSFILE", str(postgres_process.passwords))
    return postgres_process
