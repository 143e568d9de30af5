"""Readers and exporters that other packages add: the example of the documentation, installed by pip."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import exporters
from exporters import added_exporters
from tests.unit.exporters.rich_project import rich_project

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "docs" / "examples" / "tally"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the example was installed into; the program itself is there already."""
    folder = tmp_path_factory.mktemp("installed")
    # What is built beside the sources would stay in the repository.
    package = tmp_path_factory.mktemp("source") / "tally"
    package.mkdir()
    for name in ("pyproject.toml", "annotator_tally.py"):
        (package / name).write_bytes((EXAMPLE / name).read_bytes())
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--target", str(folder), str(package)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def annotator(installed: Path, *arguments: str) -> str:
    path = os.pathsep.join([str(installed), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_installed_package_adds_a_format_to_export(installed: Path, tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        project = tmp_path / f"{store.name}.annotator"
    out = tmp_path / "labels.tally"

    assert "tally" in annotator(installed, "formats")
    annotator(
        installed, "export", str(project), "--format", "tally", "--out", str(out), "--option", "least=2"
    )

    assert out.read_text("utf-8") == "2\tholding\n2\tjudge\n"
    assert out.with_name("labels.tally.preflight.json").exists()


def test_installed_package_adds_files_to_import(installed: Path, tmp_path: Path) -> None:
    source = tmp_path / "today.wire"
    source.write_text("Ruling\nA judge ruled.\n", "utf-8")

    annotator(installed, "new", str(tmp_path / "wire.annotator"))
    annotator(installed, "import", str(tmp_path / "wire.annotator"), str(source))

    assert "Ruling" in annotator(installed, "documents", str(tmp_path / "wire.annotator"))


def test_documentation_shows_the_example_as_it_is() -> None:
    words = (ROOT / "docs" / "extending.md").read_text("utf-8")

    for name in ("pyproject.toml", "annotator_tally.py"):
        assert (EXAMPLE / name).read_text("utf-8") in words


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('broken')",
        "ODD = 'no exporter'",
        "from exporters import EXPORTERS\nODD = EXPORTERS['jsonl']",
        "from exporters.jsonl import JsonlExporter as ODD",
    ],
    ids=["import fails", "no exporter", "name is taken", "a class"],
)
def test_a_broken_added_exporter_is_left_out_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    information = tmp_path / "stranger-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", "utf-8")
    entry = f"[{exporters.ENTRY_POINTS}]\nodd = stranger_exporter:ODD\n"
    (information / "entry_points.txt").write_text(entry, "utf-8")
    (tmp_path / "stranger_exporter.py").write_text(code, "utf-8")
    monkeypatch.delitem(sys.modules, "stranger_exporter", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert added_exporters() == {}
    assert "odd" in caplog.text
