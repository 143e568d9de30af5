"""The dialog of the model server: on this machine at once, beyond it only with a consent for that address."""

from pytestqt.qtbot import QtBot

from ui.dialogs.frame import needed_height
from ui.dialogs.model_server import ModelServerDialog


def shown(qtbot: QtBot, address: str = "", consent: str = "") -> ModelServerDialog:
    dialog = ModelServerDialog(address, "tiny", consent)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_address_of_this_machine_is_kept_without_a_question(qtbot: QtBot) -> None:
    dialog = shown(qtbot)

    dialog.address_field.setText("http://127.0.0.1:11434")

    assert dialog.agree.isHidden()
    assert dialog.go_on.isEnabled()
    assert (dialog.address, dialog.model, dialog.consent) == ("http://127.0.0.1:11434", "tiny", "")


def test_address_beyond_this_machine_needs_a_consent_that_says_so(qtbot: QtBot) -> None:
    dialog = shown(qtbot)

    dialog.address_field.setText("http://models.example.org")

    assert dialog.agree.isVisible()
    assert "is not on this machine: the text of every document" in dialog.warning.text()
    assert not dialog.go_on.isEnabled()
    dialog.agree.setChecked(True)
    assert dialog.go_on.isEnabled()
    assert dialog.consent == "http://models.example.org"


def test_consent_is_for_one_address_alone(qtbot: QtBot) -> None:
    dialog = shown(qtbot, "http://models.example.org", "http://models.example.org")
    assert dialog.agree.isChecked()

    dialog.address_field.setText("http://models.example.org:81")

    assert not dialog.agree.isChecked()
    assert not dialog.go_on.isEnabled()


def test_what_is_no_address_cannot_be_kept_and_nothing_turns_it_off(qtbot: QtBot) -> None:
    dialog = shown(qtbot, "http://127.0.0.1:1")

    dialog.address_field.setText("127.0.0.1")
    assert "no address" in dialog.fault.text()
    assert not dialog.go_on.isEnabled()

    dialog.address_field.clear()
    assert dialog.go_on.isEnabled()


def test_warning_makes_the_dialog_higher_and_squeezes_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    height = dialog.address_field.height()

    dialog.address_field.setText("http://models.example.org")

    qtbot.waitUntil(lambda: dialog.height() == needed_height(dialog, dialog.width()))
    assert dialog.address_field.height() == height
