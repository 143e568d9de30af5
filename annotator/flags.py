"""Flags and notes for discussion: on a span, and on a document as a whole.

The flag of a span is its attribute `FLAG`, which no schema declares; flag and note of a document are labels
of it. So they go into every format that carries attributes and document labels, and come back from there.
"""

from dataclasses import replace

from annotator.change import Change
from annotator.desk import Desk, label_name
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Attributes, now

FLAG = "discuss"
NOTE = "note"


def is_flagged(span: Annotation) -> bool:
    """Whether the span is flagged for discussion."""
    return span.attributes.get(FLAG) is True


def without_flag(attributes: Attributes) -> Attributes:
    """The attributes that say something about the words."""
    return {name: value for name, value in attributes.items() if name != FLAG}


def set_flag(desk: Desk, *, span: Annotation, flagged: bool) -> Change:
    """Flag a span for discussion, or take the flag away. Raises InvalidEdit where it is so already."""
    if flagged == is_flagged(span):
        raise InvalidEdit("This span is flagged already." if flagged else "This span is not flagged.")
    attributes = dict(without_flag(span.attributes))
    if flagged:
        attributes[FLAG] = True
    changed = replace(span, attributes=attributes, changed=now())
    name = label_name(desk.schema, span.label)
    return desk.change(
        f"Flag {name} for discussion" if flagged else f"Take the flag of {name} away",
        before=(span,),
        after=(changed,),
    )
