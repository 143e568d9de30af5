"""What is remarked on a span, in words, for formats that have a memo but no attributes."""

from annotator.model import Annotation, AttributeValue
from annotator.schema import LabelSchema


def memo(span: Annotation, schema: LabelSchema) -> str:
    """The note of a span, and below it, a line each, its attributes, how sure it is unless it is sure,
    and that it was suggested if it was.
    """
    lines = [span.note] if span.note else []
    for name in sorted(span.attributes):
        known = schema.attribute(name)
        lines.append(f"{known.name if known else name}: {_words(span.attributes[name])}")
    if span.certainty != "sure":
        lines.append(f"Certainty: {span.certainty}")
    if span.origin == "suggestion":
        lines.append("Origin: accepted from a suggestion")
    return "\n".join(lines)


def _words(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
