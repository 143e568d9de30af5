"""Every command once, as data: menus, palette, cheat sheet, key overrides and README read this table.

`handler` is a dotted name on the window. Keys are as Qt writes them in portable text. A command of scope
"text" has its keys only while the document has the focus, so that letters can be typed elsewhere. Label
keys are no commands: they come from the project's schema (`ui.label_keys`).
"""

from dataclasses import dataclass, replace
from typing import Literal

from annotator.model import Role

Need = Literal[
    "", "project", "document", "pages", "selection", "span", "undo", "redo", "undo_across", "redo_across"
]
Scope = Literal["window", "text"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `id` is stable: key overrides and tests name it. `summary` is its line in the cheat sheet.

    `needs` says when it can be used, `role` who is offered it at all. `group` counts the stretches of its
    menu between separators.
    """

    id: str
    title: str
    handler: str
    summary: str
    keys: tuple[str, ...] = ()
    needs: Need = ""
    scope: Scope = "window"
    is_checkable: bool = False
    menu: str = ""
    group: int = 0
    role: Role = "annotator"


def _command(
    id: str,
    title: str,
    handler: str,
    summary: str = "",
    *,
    keys: str = "",
    needs: Need = "",
    is_checkable: bool = False,
    role: Role = "annotator",
) -> Command:
    return Command(id, title, handler, summary, tuple(keys.split()), needs, "window", is_checkable, role=role)


def _in_text(
    id: str, title: str, handler: str, summary: str = "", *, keys: str = "", needs: Need = "document"
) -> Command:
    return Command(id, title, handler, summary, tuple(keys.split()), needs, "text")


def _menu(menu: str, *groups: tuple[Command, ...]) -> tuple[Command, ...]:
    return tuple(
        replace(command, menu=menu, group=number) for number, group in enumerate(groups) for command in group
    )


# fmt: off
_FILE = _menu("File",
    (
        _command("project.new", "New project…", "projects.create", "Create a project file", keys="Ctrl+N"),
        _command("project.open", "Open project…", "projects.choose", "Open a project file", keys="Ctrl+O"),
        _command("project.recent", "Open recent…", "projects.choose_recent",
            "Choose among the projects opened last", keys="Ctrl+Shift+O"),
        _command("project.sample", "Open sample project", "projects.open_sample",
            "Try everything on news articles and a court order"),
        _command("project.copy", "Save a copy…", "projects.save_copy",
            "Write a complete copy of the project to another file", keys="Ctrl+Shift+S", needs="project"),
        _command("project.back_up", "Back up now", "backing_up.now",
            "Write a backup, also to the folder for copies", needs="project"),
        _command("project.restore", "Restore a backup…", "backing_up.restore",
            "Go back to an earlier state; the present file is kept", needs="project"),
        _command("project.copies_folder", "Folder for copies…", "backing_up.choose_folder",
            "Choose a folder on another disk that backups are written to as well"),
        _command("project.close", "Close project", "projects.close",
            "Back to the start page", keys="Ctrl+W", needs="project"),
    ),
    (
        _command("import.files", "Import files…", "importing.choose_files",
            "Add documents: text, web pages, Word, PDF, annotated files", keys="Ctrl+I", needs="project"),
        _command("import.folder", "Import folder…", "importing.choose_folder",
            "Add every document in a folder", keys="Ctrl+Shift+I", needs="project"),
        _command("import.paste", "Paste as new document…", "importing.paste",
            "Add the text on the clipboard as a document", keys="Ctrl+V", needs="project"),
        _command("export", "Export…", "importing.export",
            "Write the annotations as a dataset", keys="Ctrl+E", needs="project"),
    ),
    (
        _command("document.read_scans", "Read scanned pages", "rereading.read_scans",
            "Recognise pages without usable text, in the background", needs="pages"),
        _command("document.redactions", "Text under redactions…", "rereading.decide_redactions",
            "See what boxes cover, and decide whether it belongs to the text", needs="pages"),
    ),
    (
        _command("annotator.switch", "Switch annotator…", "projects.switch_annotator",
            "Say who annotates now", keys="Ctrl+Shift+A", needs="project"),
        _command("app.preferences", "Preferences…", "projects.preferences",
            "Your name, reading, keys", keys="Ctrl+,"),
    ),
    (
        _command("app.quit", "Quit", "close", "Close the window; everything is saved", keys="Ctrl+Q"),
    ),
)
_EDIT = _menu("Edit",
    (
        _command("edit.undo", "Undo", "marking.undo",
            "Take back your last change here", keys="Ctrl+Z", needs="undo"),
        _command("edit.redo", "Redo", "marking.redo",
            "Make again what you took back", keys="Ctrl+Shift+Z Ctrl+Y", needs="redo"),
        _command("edit.undo_across", "Undo in the project", "marking.undo_across",
            "Take back your last change of several documents, the label schema or the guidelines",
            needs="undo_across"),
        _command("edit.redo_across", "Redo in the project", "marking.redo_across",
            "Make again what was taken back there", needs="redo_across"),
    ),
    (
        _in_text("edit.copy", "Copy", "view.copy",
            "Copy the selected text", keys="Ctrl+C", needs="selection"),
        _in_text("edit.select_all", "Select all", "marking.select_all",
            "Select the whole document", keys="Ctrl+A"),
    ),
    (
        _command("find", "Find…", "pane.open_find", "Find words in it", keys="Ctrl+F", needs="document"),
        _command("find.next", "Find next", "pane.find_next",
            "Go to the next place found", keys="F3", needs="document"),
        _command("find.previous", "Find previous", "pane.find_previous",
            "Go to the place found before", keys="Shift+F3", needs="document"),
        _command("find.case", "Match case", "pane.toggle_case",
            "Capitals count when finding", keys="Alt+C", needs="document", is_checkable=True),
        _command("find.whole", "Whole words", "pane.toggle_whole",
            "Find no parts of words", keys="Alt+W", needs="document", is_checkable=True),
        _command("find.pattern", "Regular expression", "pane.toggle_pattern",
            "Find a pattern; one that takes too long is stopped", keys="Alt+R", needs="document",
            is_checkable=True),
        _command("find.corpus", "Search the corpus…", "searching.open",
            "Find words in all documents", keys="Ctrl+Shift+F", needs="project"),
        _command("find.spans", "Find spans…", "searching.open_spans",
            "By label, words, value, note, flag and annotator", keys="Ctrl+Shift+M", needs="project"),
    ),
)
_PROJECT = _menu("Project",
    (
        _command("schema.edit", "Label schema…", "leading.edit_schema",
            "Layers, labels, attributes, relation types", keys="Ctrl+Shift+L", needs="project"),
        _command("guidelines.edit", "Edit the guidelines…", "guiding.edit",
            "Numbered rules and a page for each label", keys="Ctrl+Shift+G", needs="project"),
        _command("cases", "Cases…", "leading.show_cases",
            "Articles and filings of one lawsuit, found and confirmed", keys="Ctrl+Shift+C", needs="project"),
        _command("documents.assign", "Assign documents…", "leading.assign_documents",
            "Give them to annotators, by hand or dealt out", needs="project", role="lead"),
        _command("documents.finish_imported", "Finish imported work…", "leading.finish_imported",
            "Call finished what files brought, so that it is reviewed", needs="project", role="lead"),
        _command("project.progress", "Progress…", "leading.show_standing",
            "Documents by status, annotators, labels, forecast", needs="project", role="reviewer"),
        _command("project.agreement", "Agreement…", "leading.show_agreement",
            "How far annotators agree, with plots and files", needs="project", role="reviewer"),
        _command("review", "Review…", "leading.review",
            "Decide what annotators differ in, side by side", keys="Ctrl+Shift+R", needs="project",
            role="reviewer"),
        _command("training.rounds", "Training rounds…", "training.show_rounds",
            "Documents with a key, pass marks, and who has reached them", needs="project", role="lead"),
        _command("project.quality", "Quality of annotators…", "leading.show_quality",
            "How near each annotator's work comes to gold", needs="project"),
        _command("project.gaps", "Gaps of the guidelines…", "leading.show_gaps",
            "Where reviewers found that no rule decides", needs="project", role="reviewer"),
        _command("hub", "Hub…", "syncing.show",
            "Share the project with a team: join a hub, see what is unsent"),
        _command("hub.follow", "Keep in step with the hub", "syncing.toggle",
            "Send and receive while you work", needs="project", is_checkable=True),
        _command("conflicts", "Conflicts…", "exchanging.conflicts",
            "Settle what merged packages have left in question", needs="project", role="reviewer"),
        _command("documents.remove", "Remove documents…", "leading.remove_documents",
            "To the trash, with what is marked in them", needs="project", role="lead"),
        _command("documents.trash", "Trash…", "leading.show_trash",
            "Bring removed documents back", needs="project", role="lead"),
        _command("guidelines.again", "Spans to look at again", "guiding.look_again",
            "What the last change of the guidelines concerns", needs="project"),
    ),
)
_ANNOTATE = _menu("Annotate",
    (
        _in_text("mark.pick", "Pick a label…", "marking.enter",
            "For the selection or span, by typing; accepts the suggestion in focus", keys="Return Enter"),
        _command("mark.occurrences", "Mark all occurrences…", "occurrences.open",
            "The same words here or in the corpus, in one step", keys="Ctrl+Shift+D", needs="document"),
        _in_text("select.sentence", "Select the sentence", "marking.select_sentence",
            "Select the sentence at the caret", keys="S"),
        _in_text("select.name", "Select the name", "phrasing.name",
            "The name or word at the caret; again: one word more", keys="W"),
        _in_text("select.clause", "Select to the end of the clause", "phrasing.clause",
            "Up to the next comma or stop; again: further on", keys="E"),
        _in_text("select.next_name", "Select the next name", "phrasing.next_name",
            "The next name or number that is not marked", keys="U"),
        _in_text("select.previous_name", "Select the name before", "phrasing.previous_name",
            "The last one before that is not marked", keys="Shift+U"),
        _in_text("select.grow", "Grow the selection", "marking.grow",
            "Word, sentence, paragraph", keys="Ctrl+Shift+Up"),
        _in_text("select.shrink", "Shrink the selection", "marking.shrink",
            "Back to what was selected before it grew", keys="Ctrl+Shift+Down"),
        _command("select.characters", "Select by characters", "marking.toggle_characters",
            "Not by words; Alt does it once", keys="Ctrl+T", needs="document", is_checkable=True),
    ),
    (
        _command("suggest.on", "Suggestions", "suggesting.toggle",
            "Outline what may be marked, from what you marked before", keys="Ctrl+.", is_checkable=True),
        _in_text("suggest.next", "Next suggestion", "pairing.next",
            "Go to it; a label's key marks it with that label", keys="."),
        _in_text("suggest.previous", "Previous suggestion", "pairing.previous", "The one before", keys=","),
        _in_text("suggest.accept", "Accept the suggestion", "suggesting.accept",
            "The one in focus, as Enter does, and go on to the next"),
        _in_text("suggest.accept_same", "Accept the suggestion everywhere", "suggesting.accept_same",
            "All here that read the same by its label, in one step", keys="Shift+Return Shift+Enter"),
        _in_text("suggest.reject", "Reject the suggestion", "pairing.refuse",
            "Never suggest these words by this label again, and go on", keys="Backspace"),
        _command("suggest.accept_above", "Accept all suggestions above…", "suggesting.accept_above",
            "Those of the document that are sure enough, in one step", keys="Alt+.", needs="document"),
        _command("suggest.model", "Model server…", "suggesting.choose_model",
            "Ask a language model on this machine for suggestions; off at first"),
        _command("suggest.learned", "Learned suggestions…", "learning.show",
            "What was learned from documents that are done, and how well it does", needs="project"),
    ),
    (
        _in_text("span.attributes", "Set attributes", "marking.attributes",
            "Go to the attributes of the selected span", keys="A", needs="span"),
        _command("document.attributes", "Set the document's attributes", "marking.document_attributes",
            "Topic, jurisdiction and whatever the schema asks of it", keys="Ctrl+D", needs="document"),
        _in_text("span.note", "Write a note", "marking.note",
            "Note on the selected span", keys="N", needs="span"),
        _in_text("span.flag", "Flag for discussion", "marking.flag",
            "Flag the selected span, or take its flag away", keys="H", needs="span"),
        _in_text("span.join", "Join the selection to the span", "marking.join",
            "The span goes on in another place", keys="J", needs="span"),
        _in_text("span.link", "Link to another span", "linking.begin",
            "Then go to the other span, in any document, and press Enter", keys="L", needs="span"),
        _in_text("link.follow", "Go along a link", "linking.follow",
            "To the span at its other end", keys="G", needs="span"),
        _in_text("link.verdict", "Verdict of the link", "pairing.judge",
            "How true the report is, how sure you are, a note", keys="I", needs="span"),
        _in_text("link.absent", "Not on the record", "pairing.say_absent",
            "Searched and absent; again: not in the corpus; again: neither", keys="M", needs="span"),
        _in_text("link.back", "Go back along the link", "linking.follow_back",
            "To where a link was followed from", keys="Shift+G"),
        _in_text("span.remove", "Remove the span", "marking.remove",
            "Remove the selected span and its links", keys="Delete", needs="span"),
    ),
    (
        _in_text("span.end_back", "Move the end back", "resizing.end_back",
            "By a word; hold Alt+Left to go on", keys="Alt+Left", needs="span"),
        _in_text("span.end_on", "Move the end on", "resizing.end_on",
            "By a word; hold Alt+Right to go on", keys="Alt+Right", needs="span"),
        _in_text("span.start_back", "Move the start back", "resizing.start_back",
            "By a word; hold Alt+Up to go on", keys="Alt+Up", needs="span"),
        _in_text("span.start_on", "Move the start on", "resizing.start_on",
            "By a word; hold Alt+Down to go on", keys="Alt+Down", needs="span"),
    ),
    (
        _in_text("mark.leave", "Let go", "marking.leave",
            "Ends link, arming, selection, suggestion, span, in this order", keys="Esc"),
    ),
    (
        _in_text("document.note", "Write a note on the document", "marking.document_note",
            "Note on the document as a whole", keys="Shift+N"),
        _in_text("document.flag", "Flag the document for discussion", "marking.flag_document",
            "Flag it, or take the flag away", keys="Shift+H"),
    ),
    (
        _command("document.done", "Document done, go to the next", "finishing.done",
            "List what is missing, then mark it done, open the next",
            keys="Ctrl+Return Ctrl+Enter", needs="document"),
        _command("document.reopen", "Document not done", "finishing.reopen",
            "Mark the document as in progress again", needs="document"),
        _command("review.feedback", "What was decided…", "leading.show_feedback",
            "In review, of your work in the document, if a reviewer lets it be seen", needs="document"),
        _command("training.compare", "Compare with the key", "training.compare",
            "In a training round, when the document is done", needs="document"),
        _command("document.skip", "Skip the document…", "finishing.skip",
            "Leave it out and say why, open the next", keys="Ctrl+Shift+Return", needs="document"),
        _command("document.return", "Return the document…", "finishing.give_back",
            "To who has marked it, with what to look at again", needs="document", role="reviewer"),
    ),
)
_GO = _menu("Go",
    (
        _in_text("span.next", "Next span", "going.next_span", "Select the next span", keys="Tab"),
        _in_text("span.previous", "Previous span", "going.previous_span",
            "Select the span before", keys="Shift+Tab"),
        _command("highlight.next", "Next highlight of the PDF", "highlights.select_next",
            "Select words that another program highlighted; a label's key marks them", keys="Ctrl+H",
            needs="pages"),
        _in_text("sentence.next", "Next sentence", "phrasing.next_sentence", keys="K"),
        _in_text("sentence.previous", "Previous sentence", "phrasing.previous_sentence", keys="Shift+K"),
        _in_text("paragraph.next", "Next paragraph", "phrasing.next_paragraph", keys="P"),
        _in_text("paragraph.previous", "Previous paragraph", "phrasing.previous_paragraph", keys="Shift+P"),
    ),
    (
        _command("document.next", "Next document", "going.next_document", keys="Ctrl+Down", needs="project"),
        _command("document.previous", "Previous document", "going.previous_document",
            keys="Ctrl+Up", needs="project"),
        _command("document.search", "Search the documents", "going.search_documents",
            "Type a part of a title", keys="Ctrl+L", needs="project"),
    ),
    (
        _command("page.go_to", "Go to page…", "paging.choose_page",
            "Type its number, or a cite", keys="Ctrl+G", needs="pages"),
        _command("page.next", "Next page", "paging.next_page", keys="Ctrl+PgDown", needs="pages"),
        _command("page.previous", "Previous page", "paging.previous_page", keys="Ctrl+PgUp", needs="pages"),
    ),
    (
        _command("pane.next", "Next pane", "going.next_pane",
            "Leave the document with the keyboard", keys="F6"),
        _command("pane.previous", "Previous pane", "going.previous_pane", keys="Shift+F6"),
    ),
)
_VIEW = _menu("View",
    (
        _command("show.text", "Text", "paging.text",
            "The running text, clean of page furniture", keys="Ctrl+1", needs="document", is_checkable=True),
        _command("show.page", "Page", "paging.page",
            "The pages as they are printed", keys="Ctrl+2", needs="pages", is_checkable=True),
        _command("show.split", "Split", "paging.split",
            "Text and pages beside each other", keys="Ctrl+3", needs="pages", is_checkable=True),
        _command("show.thumbnails", "Page thumbnails", "paging.toggle_thumbnails",
            "All pages in small, with the spans on them", keys="F4", needs="pages", is_checkable=True),
    ),
    (
        _command("pair.open", "Document beside…", "pairing.choose",
            "Two documents, to link a claim to its passage", keys="Ctrl+B", needs="document"),
        _command("pair.close", "One document only", "pairing.close",
            "Close the document beside", keys="Ctrl+Shift+B", needs="document"),
        _in_text("pair.switch", "Change sides", "pairing.switch",
            "The keys work on the other document", keys="O"),
    ),
    (
        _command("view.zoom_in", "Zoom in", "paging.zoom_in", keys="Ctrl++ Ctrl+=", needs="document"),
        _command("view.zoom_out", "Zoom out", "paging.zoom_out", keys="Ctrl+-", needs="document"),
        _command("view.zoom_reset", "Actual size", "paging.zoom_reset", keys="Ctrl+0", needs="document"),
        _command("view.fit_width", "Fit the width", "paging.fit_width",
            "Pages as wide as there is room", keys="Ctrl+9", needs="pages"),
    ),
    (
        _command("links.selected", "Links of the selected span", "looks.links_selected",
            "Drawn from span to span", is_checkable=True),
        _command("links.all", "All links", "looks.links_all",
            "Drawn from span to span", is_checkable=True),
        _command("links.list", "Links in the list only", "looks.links_list",
            "Told in the details, not drawn", is_checkable=True),
    ),
    (
        _command("theme.light", "Light", "looks.light", "Dark letters on light", is_checkable=True),
        _command("theme.dark", "Dark", "looks.dark", "Light letters on dark", is_checkable=True),
        _command("theme.system", "As the system", "looks.system", "Follow the system", is_checkable=True),
    ),
    (
        _command("view.documents", "Documents", "looks.toggle_documents",
            "Show or hide", keys="F7", is_checkable=True),
        _command("documents.by_case", "Documents by case", "looks.toggle_by_case",
            "Else by how far the work is", needs="project", is_checkable=True),
        _command("documents.unsure", "Least sure documents first", "learning.toggle_unsure",
            "Those that what was learned is least sure of; marking them teaches most", needs="project",
            is_checkable=True),
        _command("view.labels", "Labels", "looks.toggle_labels",
            "Show or hide", keys="F8", is_checkable=True),
        _command("view.details", "Details", "looks.toggle_details",
            "Show or hide", keys="F9", is_checkable=True),
        _command("view.guidelines", "Guidelines", "guiding.toggle",
            "Those of the label at hand", keys="F12", needs="project", is_checkable=True),
        _command("view.search", "Search", "looks.toggle_search", "Show or hide", is_checkable=True),
        _command("view.reset", "Reset the layout", "reset_layout", "Panels back to their places"),
    ),
    (
        _command("view.full_screen", "Full screen", "looks.full_screen", keys="F11", is_checkable=True),
    ),
)
_HELP = _menu("Help",
    (
        _command("palette", "All commands…", "helping.palette", "Type to find a command", keys="Ctrl+K"),
        _command("keys", "Keys", "helping.keys", "All keys on one sheet", keys="? F1"),
    ),
    (
        _command("folder.projects", "Show the projects folder", "helping.projects_folder",
            "Where projects are kept"),
        _command("app.associate", "Open projects by double-click…", "helping.associate",
            "Have the desktop open projects and packages here; can be taken back"),
        _command("report", "Report a problem…", "reporting.report",
            "Versions and where it failed, without any text, to save and pass on"),
        _command("about", "About Annotator", "helping.about", "Version and licences"),
    ),
)
# fmt: on

COMMANDS: tuple[Command, ...] = (*_FILE, *_EDIT, *_PROJECT, *_ANNOTATE, *_GO, *_VIEW, *_HELP)
MENUS: tuple[str, ...] = tuple(dict.fromkeys(command.menu for command in COMMANDS))
