"""Every command of the review screen, as data: its buttons, keys and the manual's table come from here.

They are apart from `ui.commands`, since letters and digits alone are their keys: the review screen has
nothing to type into. `handler` names a method of the review window.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewCommand:
    """A command. `is_button` says that the screen has a button for it."""

    id: str
    title: str
    handler: str
    summary: str
    keys: tuple[str, ...]
    is_button: bool = False


def _command(
    id: str, title: str, handler: str, summary: str, *, keys: str, is_button: bool = False
) -> ReviewCommand:
    return ReviewCommand(id, title, handler, summary, tuple(keys.split()), is_button)


def _button(id: str, title: str, handler: str, summary: str, *, keys: str) -> ReviewCommand:
    return _command(id, title, handler, summary, keys=keys, is_button=True)


# fmt: off
REVIEW_COMMANDS = (
    _command("take", "Take", "take",
        "Take the span or link of the annotator of that column; Ctrl+1 is the tenth",
        keys="1 2 3 4 5 6 7 8 9 Ctrl+1 Ctrl+2 Ctrl+3"),
    _button("none", "None", "none", "Decide that nothing is to be marked", keys="0"),
    _button("edit", "Edit", "asking.edit",
        "Change extent or ends, label and attributes, then take it", keys="E"),
    _button("new", "New", "asking.new", "Make one that nobody has", keys="W"),
    _button("several", "Several", "asking.several", "Keep two or more of the candidates", keys="K"),
    _button("ambiguous", "Ambiguous", "ambiguous", "Both can be meant; gold gets nothing", keys="M"),
    _button("postpone", "Postpone", "postpone", "Leave it for later", keys="P"),
    _button("gap", "Gap", "gap",
        "Say that the guidelines do not decide it, or no more", keys="G"),
    _button("remarks", "Reason…", "asking.write_remarks",
        "Reason, rule of the guidelines and comment", keys="T"),
    _button("alike", "Alike…", "asking.decide_alike",
        "Decide all with the same text and votes as this one was, after a preview", keys="A"),
    _button("auto", "By rule…", "asking.decide_by_rule",
        "Decide what all agree on, and what you opt into, after a preview", keys="D"),
    _button("undo", "Undo", "undo", "Take back the last change in the document", keys="U Ctrl+Z"),
    _button("history", "History…", "asking.show_history",
        "How this came to be decided, and a memo of it", keys="H"),
    _command("along", "Along a link", "along.go",
        "From a span to its links, from a link to its ends, in another document too", keys="L"),
    _command("link", "New link…", "asking.link",
        "Make a link that nobody has, from what gold got of the span in focus", keys="Shift+L"),
    _command("next", "Next", "next", "The next of the list", keys="Right Down"),
    _command("previous", "Previous", "previous", "The one before", keys="Left Up"),
    _command("next_open", "Next to do", "next_open", "The next that waits for a decision", keys="Space"),
    _command("scroll_on", "Scroll on", "focus_area.scroll_on",
        "What there is no room for of the disagreement in focus", keys="Ctrl+PgDown"),
    _command("scroll_back", "Scroll back", "focus_area.scroll_back", "Back to its beginning",
        keys="Ctrl+PgUp"),
    _command("next_document", "Next document", "next_document", "The next of the queue", keys="Ctrl+Down"),
    _command("previous_document", "Previous document", "previous_document", "The one before",
        keys="Ctrl+Up"),
    _command("blind", "Hide names", "toggle_blind", "Hide who is who, or show it", keys="B"),
    _command("strict", "Strictly blind", "toggle_strict",
        "Hide names, votes and what is most likely, or no more", keys="Shift+B"),
    _command("order", "Most open first", "toggle_order",
        "Order list and queue by how open each is, or as before", keys="O"),
    _command("second", "Second review", "toggle_second",
        "Decide without seeing what was decided; differences are settled afterwards", keys="S"),
    _command("release", "Let it be seen", "asking.release",
        "Let the annotators see what was decided of their work in the document", keys="F"),
    _command("return", "Return…", "asking.give_back",
        "Return the document to an annotator, who then sees what was decided", keys="R"),
    _command("message", "Message…", "asking.write_message",
        "Pin a message to any span of an annotator; it goes with what is returned or let be seen",
        keys="N"),
    _command("keys", "All keys", "asking.show_keys", "All keys of review on one sheet", keys="? F1"),
    _button("pages", "Pages", "toggle_pages", "Show the pages of a PDF instead of its text", keys="V"),
)
# fmt: on
