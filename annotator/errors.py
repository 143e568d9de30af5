"""The errors that carry a sentence for a person; anything else that is raised is a bug."""

import sys


class AnnotatorError(Exception):
    """A refusal or failure that can be shown as it is: what happened, to what, and what to do."""


class InvalidEdit(AnnotatorError):
    """An edit that the rules of annotation or the schema refuse; nothing was changed."""


class StaleChange(AnnotatorError):
    """A change whose `before` is no longer what is stored; nothing was changed."""


class InvalidSearch(AnnotatorError):
    """What was typed to search for cannot be searched for, with the reason."""


class UnreadableSource(AnnotatorError):
    """A file that no reader could turn into a document, with the reason."""


class NeedsPassword(UnreadableSource):
    """A protected file whose password was not given, or is another one."""


class ReaderFault(UnreadableSource):
    """A file on which a reader raised what it must not: a bug. `trace` is where, and may quote the file."""

    def __init__(self, sentence: str, trace: str) -> None:
        self.trace = trace
        super().__init__(sentence)


class InvalidSchema(AnnotatorError):
    """A label schema that breaks its own rules. `problems` has one sentence per fault."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(f"The label schema {name} cannot be used: " + " ".join(problems))


class ProjectError(AnnotatorError):
    """A project file that cannot be created, opened or written, with the reason."""


class DamagedProject(ProjectError):
    """A project file whose bytes are not what was written; a backup or a salvage helps."""


class ExportError(AnnotatorError):
    """A file that could not be written; whatever stood at its place is as it was."""


class MissingExtra(AnnotatorError):
    """An optional dependency is not installed; the sentence names the extra that brings it."""

    def __init__(self, purpose: str, extra: str) -> None:
        if getattr(sys, "frozen", False):  # the bundled application, which nothing can be added to
            super().__init__(
                f"{purpose} needs a part that this application does not have. Install Annotator in a Python "
                f"environment for it: pip install 'annotator[{extra}]'"
            )
        else:
            super().__init__(f"{purpose} needs an optional part: pip install 'annotator[{extra}]'")
