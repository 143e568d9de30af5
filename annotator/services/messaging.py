"""Messages of a reviewer that are pinned to spans of an annotator, whether there is a disagreement or not.

A message is a Decision that decides nothing. It stays with those who review until the document is returned,
or what was decided is let be read; then `telling` makes a note of it for the annotator.
"""

from collections.abc import Sequence

from annotator.adjudication.decisions import result_of
from annotator.adjudication.keys import content_key
from annotator.adjudication.told import MESSAGE, is_at, messages_of
from annotator.change import Change, make_change
from annotator.desk import label_name
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Decision,
    Document,
    TextVersion,
    Vote,
    annotator_set_id,
    new_id,
    now,
)
from annotator.services.deciding import app_version, check_reviewer
from annotator.store import Store


def spans_of(store: Store, document: str, annotator: str) -> Sequence[Annotation]:
    """The spans that messages to an annotator can be pinned to: all of theirs on the text as it is now."""
    found = store.record(Document, document)
    version = "" if found is None else found.text_version
    own = store.annotations(document, annotator_set_id(annotator))
    return [span for span in own if span.text_version == version]


def pin(store: Store, *, reviewer: str, document: str, span: str, message: str) -> Change:
    """Pin a message to a span (an id) of an annotator, in place of one that is there; "" takes that away.

    Raises InvalidEdit if who writes is no reviewer, if the span is not there, or if nothing would change.
    """
    check_reviewer(store, reviewer)
    found, record = store.record(Document, document), store.record(Annotation, span)
    version = None if found is None else store.record(TextVersion, found.text_version)
    sets = {row.id: row.owner or "" for row in store.sets() if row.kind == "annotator"}
    if version is None or record is None or record.document != document or record.set not in sets:
        raise InvalidEdit("This span is not there any more; choose another one.")
    earlier = [each for each in messages_of(store.decisions(document)) if is_at(each, span)]
    words = message.strip()
    if [each.comment for each in earlier] == [words] or not (earlier or words):
        raise InvalidEdit("There is no message to pin; write one.")
    owner = sets[record.set]
    content = content_key(record.label, record.fragments, record.attributes)
    made = Decision(
        new_id(),
        document,
        None,
        MESSAGE,
        (owner,),
        reviewer,
        now(),
        comment=words,
        text_sha256=version.text_sha256,
        candidates=(Vote(owner, record.id, record.revision, content),),
        results=(result_of(record),),
        supersedes=tuple(sorted(each.id for each in earlier)),
        app_version=app_version(),
    )
    verb = "Pin a message to" if words else "Take the message away from"
    title = f"{verb} {label_name(store.schema(), record.label)}"
    change = make_change(title, annotator=reviewer, document=document, after=(made,))
    store.apply(change)
    return change
