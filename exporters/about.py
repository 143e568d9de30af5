"""What a document is and where it comes from, for formats that show such beside the text."""

from annotator.model import JsonValue
from annotator.snapshot import DocumentSnapshot


def about(of: DocumentSnapshot) -> dict[str, JsonValue]:
    """The same keys for every document; what the reader found is together under `metadata`."""
    document = of.document
    return {
        "document_id": document.id,
        "title": document.title,
        "kind": document.kind,
        "case": document.case,
        "source": document.source_name,
        "metadata": dict(sorted(document.metadata.items())),
    }
