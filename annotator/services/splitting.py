"""Which documents of an export go to train, validation and test, read from an open project.

What is split are whole documents, also where sentences or the work of each annotator are the records.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.near_duplicates import signature
from annotator.progress import Job, Progress
from annotator.services.exporting import Selection, snapshot
from annotator.snapshot import DocumentSnapshot
from annotator.splitting import Facts, Shares, Split, split
from annotator.store import Store

_ADDRESSES = ("url", "source_url")


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """How an export is split: see `annotator.splitting.split`. `fields` are names of metadata."""

    shares: Shares
    seed: int = 0
    fields: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)


def split_documents(store: Store, selection: Selection, plan: SplitPlan) -> Job[Split]:
    """Decide where the documents of a selection go. Reads each of them once."""
    whole = snapshot(store, replace(selection, unit="document", arrangement="side_by_side"))
    yield Progress(0, whole.document_count)
    facts = []
    for document in whole.documents():
        facts.append(facts_of(document, plan.fields))
        yield Progress(len(facts), whole.document_count, document.document.title)
    return split(facts, plan.shares, seed=plan.seed, known=plan.known)


def facts_of(of: DocumentSnapshot, fields: Sequence[str] = ()) -> Facts:
    """What decides where a document goes."""
    document = of.document
    metadata = document.metadata
    original = of.text_version.options.get("source_sha256")
    addresses = [_address(str(metadata[name])) for name in _ADDRESSES if metadata.get(name)]
    sources = [str(original)] if original else []
    return Facts(
        document=document.id,
        title=document.title,
        sources=tuple(dict.fromkeys((document.source_sha256, *sources, *addresses))),
        case=document.case,
        labels=Counter(span.label for span in of.annotations),
        signature=signature(of.text),
        fields={name: str(metadata[name]) for name in fields if metadata.get(name)},
    )


def _address(url: str) -> str:
    """An address without what does not tell one page from another: scheme, www, fragment, last slash."""
    bare = url.strip().partition("#")[0].rpartition("://")[2]
    return bare.casefold().removeprefix("www.").rstrip("/")
