"""The paragraph styles of a Word file: their names, and the list a style puts its paragraphs in."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.readers.docx_numbering import value
from annotator.readers.docx_package import W

# A style may build on another; a file in which they build on each other in a ring is broken.
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style's name as shown in Word, the style it builds on, and the list it names, by ids."""

    name: str
    base: str = ""
    list_id: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id; `default` is the one of paragraphs that name none."""

    by_id: dict[str, Style]
    default: str = ""

    def name(self, style: str) -> str:
        """The name of a style in lower case, as built-in names are compared."""
        found = self.by_id.get(style or self.default)
        return found.name.lower() if found is not None else ""

    def numbering(self, style: str) -> tuple[str, int | None]:
        """The list and level that a style or the ones it builds on name; ("", None) if none does."""
        current = style or self.default
        for _ in range(_MAX_DEPTH):
            found = self.by_id.get(current)
            if found is None:
                break
            if found.list_id:
                return found.list_id, found.level
            current = found.base
        return "", None

    def lists(self) -> dict[str, str]:
        """The list that each style names itself, by style id."""
        return {style_id: style.list_id for style_id, style in self.by_id.items() if style.list_id}


def styles_of(part: Element | None) -> Styles:
    """The styles of a document, empty where it has none."""
    by_id: dict[str, Style] = {}
    default = ""
    for element in part.iter(f"{W}style") if part is not None else ():
        style_id = element.get(f"{W}styleId", "")
        list_id, level = numbering_properties(element.find(f"{W}pPr"))
        by_id[style_id] = Style(value(element, "name"), value(element, "basedOn"), list_id, level)
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
            default = style_id
    return Styles(by_id, default)


def numbering_properties(properties: Element | None) -> tuple[str, int | None]:
    """The list and the level that a paragraph's or style's properties name; ("", None) if none."""
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    level = value(numbering, "ilvl")
    return value(numbering, "numId"), int(level) if level.isdecimal() else None
