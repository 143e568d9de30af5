"""What `annotator suggest` does; it returns its exit code. The words of usage are in `usage`.

Heavy modules are imported inside the command, so that `annotator --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.progress import Progress, run
from annotator.wording import counted
from ui.cli_output import echo_table, print_json, problem, progress, result
from ui.memory import Memory
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.services.suggesting import Learned
    from annotator.store import Store
    from annotator.suggest.suggestion import Suggestion


def suggest(
    project: Path,
    *,
    suggesters: Sequence[str],
    documents: Sequence[str],
    as_json: bool,
    accept_above: float | None,
) -> int:
    """Print what is suggested, or accept what is sure enough; 1 if a suggester was switched off."""
    from annotator.services import suggesting
    from ui.cli_commands import acting, open_store

    settings = Settings.load()
    is_read_only = accept_above is None
    with open_store(project, settings, read_only=is_read_only) as store, progress("Suggesting") as tell:
        server = suggesting.ModelServer(
            settings.word("model_address").strip(), settings.word("model_name"), Memory().model_consent
        )
        learned = suggesting.learned_by(acting(store, settings).id, suggesters, server)
        try:
            found = {}
            chosen = documents or [document.id for document in store.documents()]
            for number, document in enumerate(chosen):
                tell(Progress(number, len(chosen)))
                found[document] = run(suggesting.suggest(store, learned, document=_known(store, document)))
        finally:
            for process in learned.processes.values():
                process.close()
        if accept_above is None:
            _show(store, found, as_json=as_json)
        else:
            _accept(store, learned, found, accept_above)
    troubles = [process.trouble for process in learned.processes.values() if process.trouble]
    for trouble in troubles:
        problem(trouble)
    for process in learned.processes.values():
        if process.dropped:
            problem(f"{process.name}: {counted(process.dropped, 'quote')} not in the text, left out.")
    return 1 if troubles else 0


def _known(store: Store, document: str) -> str:
    from annotator.errors import InvalidEdit
    from annotator.model import Document

    if store.record(Document, document) is None:
        raise InvalidEdit(f"There is no document {document} here; `annotator documents` lists them.")
    return document


def _show(store: Store, found: dict[str, tuple[Suggestion, ...]], *, as_json: bool) -> None:
    from annotator.model import Document

    records = store.records(Document, list(found))
    rows = []
    for document, some in found.items():
        text = store.text(records[document].text_version)
        for each in some:
            words = " ".join(text[each.start : each.end].split())
            sure = round(each.confidence, 3)
            rows.append((document, each.start, each.end, each.label, sure, each.origin, each.reason, words))
            if as_json:
                print_json(_values(document, each, words))
    if not as_json:
        heads = ("document", "start", "end", "label", "sure", "suggester", "reason", "words")
        echo_table(heads, rows)


def _values(document: str, suggestion: Suggestion, words: str) -> dict[str, object]:
    return {
        "document": document,
        "fragments": [[start, end] for start, end in suggestion.fragments],
        "label": suggestion.label,
        "confidence": round(suggestion.confidence, 3),
        "suggester": suggestion.origin,
        "reason": suggestion.reason,
        "attributes": dict(suggestion.attributes),
        "words": words,
    }


def _accept(store: Store, learned: Learned, found: dict[str, tuple[Suggestion, ...]], least: float) -> None:
    """Accept what is at least so sure, each document in one Change."""
    from annotator.model import Annotation
    from annotator.services import suggesting

    count = documents = 0
    for document, some in found.items():
        chosen = [each for each in some if each.confidence >= least]
        if chosen:
            change = suggesting.accept(
                store, annotator=learned.annotator, document=document, suggestions=chosen
            )
            count += sum(isinstance(record, Annotation) for record in change.after)
            documents += 1
    result(f"{counted(count, 'suggestion')} accepted in {counted(documents, 'document')}.")
