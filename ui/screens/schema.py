"""The schema editor and the guidelines."""

from PySide6.QtWidgets import QWidget

from annotator.schema_editing import merge_labels
from annotator.services.guideline_editing import save as save_guidelines
from ui import stage
from ui.main_window import MainWindow
from ui.screens.screen import EDITOR, Screen, article, dialog_of, selected_span


def _guidelines(window: MainWindow) -> QWidget:
    selected_span(window)
    window.guiding.toggle()
    window.guiding.panel.show_now()
    return window


def _guideline_editor(window: MainWindow) -> QWidget:
    article(window)
    editor = dialog_of("guidelines.edit")(window)
    editor.resize(EDITOR)
    return editor


def _look_again(window: MainWindow) -> QWidget:
    session = window.session
    if session.store is not None and session.store.guideline_number() == 1:
        text = session.store.guidelines()
        after = text.replace("### R2 Boundary\n", "### R2 Boundary\n\nLeave out what only introduces.\n", 1)
        who = session.annotator.id if session.annotator else ""
        session.edit(lambda store: save_guidelines(store, annotator=who, before=text, after=after))
    window.guiding.look_again()
    stage.wait_until(lambda: window.guiding.again.list.rows.rowCount() > 0)
    return window


def _schema(window: MainWindow) -> QWidget:
    from ui.schema.editor import SchemaEditor

    article(window)
    editor = dialog_of("schema.edit")(window)
    if isinstance(editor, SchemaEditor):
        stage.wait_until(lambda: not editor.progress.isVisible())
        editor.labels.tree.choose("claim")
        editor.resize(EDITOR)  # what it has on any real screen; the one that pictures are drawn on is small
    return editor


def _schema_changes(window: MainWindow) -> QWidget:
    from ui.schema.editor import SchemaEditor

    editor = _schema(window)
    if isinstance(editor, SchemaEditor):
        editor.draft.edit(lambda schema: merge_labels(schema, "person", "organization"))
        editor.tabs.setCurrentWidget(editor.changes)
        stage.wait_until(editor.go_on.isEnabled)
        editor.draft.before = editor.draft.schema  # so that it closes without a question
    return editor


SCREENS = (
    Screen("guidelines", _guidelines),
    Screen("guideline-editor", _guideline_editor),
    Screen("look-again", _look_again),
    Screen("schema", _schema),
    Screen("schema-changes", _schema_changes),
)
