"""The first record as a person reads it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import ExportError
from annotator.progress import run
from annotator.services.exporting import Selection, snapshot
from exporters import EXPORTERS
from exporters.preview import preview
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.exporting import marked
from tests.unit.exporters.rich_project import rich_project


def shown(store: ProjectStore, name: str, selection: Selection | None = None) -> str:
    return run(preview(snapshot(store, selection or Selection()), EXPORTERS[name]))


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_format_has_a_first_record_to_show(tmp_path: Path, name: str) -> None:
    with rich_project(tmp_path) as store:
        words = shown(store, name)

    assert words.strip() or name == "pdf"
    assert len(words) <= 6_010


def test_jsonl_is_one_document_with_long_words_cut(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        marked(store, "Long", "The judge ruled. " * 200)
        marked(store, "Second", "Nothing.")

        row = json.loads(shown(store, "jsonl"))

    assert row["title"] == "Long"
    assert row["text"] == ("The judge ruled. " * 200)[:120] + "…"


def test_files_of_a_folder_are_named_and_binary_ones_tell_their_spans(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        brat, xlsx = shown(store, "brat"), shown(store, "xlsx")

    assert "— annotation.conf —" in brat
    assert "not text; it holds:\nArticle\n" in xlsx
    assert "holding  “that Norvel cannot claim immunity”" in xlsx


def test_nothing_chosen_is_nothing_shown_and_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        assert shown(store, "jsonl") == ""
        with pytest.raises(ExportError, match="nothing without the text"):
            shown(store, "brat", replace(Selection(), with_text=False))
