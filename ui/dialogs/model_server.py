"""Where a language model is asked for suggestions; beyond this machine only with a consent that says so."""

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from annotator.suggest.local_model import is_loopback
from annotator.suggest.suggester import InvalidSuggestions
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, form, make_room
from ui.panels.themed import Words


class ModelServerDialog(QDialog):
    """An address, a model, and the consent; an empty address turns the model off."""

    def __init__(self, address: str, model: str, consent: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model_server")
        layout = body(self, self.tr("Model server"))
        layout.addWidget(
            Words(
                self.tr(
                    "Ollama, llama.cpp and others serve a language model on this machine. With an address "
                    "here, it is asked for suggestions; its quotes that are not in the text are left out."
                )
            )
        )
        self.address_field = QLineEdit(address, placeholderText="http://127.0.0.1:11434")
        self.model_field = QLineEdit(model, placeholderText="llama3.2")
        fields = form()
        fields.addRow(self.tr("&Address"), self.address_field)
        fields.addRow(self.tr("&Model"), self.model_field)
        layout.addLayout(fields)
        self.warning = Words(tone="alarm")
        self.agree = QCheckBox(self.tr("&Let the text of documents leave this machine"))
        self.agree.setChecked(bool(consent) and consent == address)
        self.fault = Fault()
        for widget in (self.warning, self.agree, self.fault):
            layout.addWidget(widget)
        layout.addStretch(1)
        box, self.go_on = answer_buttons(self, self.tr("Keep"))
        layout.addLayout(button_row(box))
        self.address_field.textChanged.connect(self._on_address_changed)
        self.agree.toggled.connect(self._show)
        fit(self, 520)
        self._show()

    @property
    def address(self) -> str:
        return self.address_field.text().strip()

    @property
    def model(self) -> str:
        return self.model_field.text().strip()

    @property
    def consent(self) -> str:
        """The address that text may leave this machine for, "" for none."""
        return self.address if self._is_far() and self.agree.isChecked() else ""

    def _is_far(self) -> bool:
        """Whether the address is beyond this machine. Raises InvalidSuggestions if it is none."""
        return bool(self.address) and not is_loopback(self.address)

    def _on_address_changed(self) -> None:
        self.agree.setChecked(False)  # which was for another address
        self._show()

    def _show(self) -> None:
        fault, is_far = "", False
        try:
            is_far = self._is_far()
        except InvalidSuggestions as error:
            fault = str(error)
        self.fault.tell(fault)
        said = self.tr(
            "{address} is not on this machine: the text of every document that you open goes there."
        )
        self.warning.setText(said.format(address=self.address) if is_far else "")
        self.warning.setVisible(is_far)
        self.agree.setVisible(is_far)
        make_room(self)
        self.go_on.setEnabled(not fault and (not is_far or self.agree.isChecked()))
