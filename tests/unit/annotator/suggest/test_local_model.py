"""A language model is asked at the address entered and nowhere else; its quotes are anchored or dropped."""

import json

import pytest

from annotator.progress import run
from annotator.services.suggesting import ModelServer, learned_by
from annotator.suggest.isolated import SuggesterProcess
from annotator.suggest.local_model import PLACE, LocalModel, check_address, is_loopback
from annotator.suggest.suggester import InvalidSuggestions, Subject, Unanswered
from tests.model_servers import chat, served, span
from tests.unit.annotator.suggest.test_dictionary import SCHEMA

TEXT = "Acme sued Bolt. Then Acme lost.\n"
SUBJECT = Subject(TEXT, "article", SCHEMA)


def test_quotes_are_anchored_by_their_words_and_occurrence() -> None:
    answer = chat(span("Acme", occurrence=2), span("sued Bolt", "claim"))
    with served(answer) as (address, asked):
        found = list(LocalModel(address, "tiny").suggest(SUBJECT))

    assert [(TEXT[each.start : each.end], each.start, each.label) for each in found] == [
        ("Acme", 21, "organization"),
        ("sued Bolt", 5, "claim"),
    ]
    [request] = asked
    assert (request["path"], request["model"]) == ("/v1/chat/completions", "tiny")
    assert TEXT.strip() in json.dumps(request["messages"])


def test_what_is_not_in_the_text_or_no_label_is_dropped_and_counted() -> None:
    spans = (
        span("Acme Inc."),
        span("Acme", occurrence=3),
        span("Acme", "villain"),
        span(""),
        span("Bolt", occurrence="?"),
    )
    with served(chat(*spans)) as (address, _):
        process = SuggesterProcess("model", PLACE, (address, "tiny"))
        found = run(process.suggest(SUBJECT))
        process.close()

    assert [(each.start, each.origin) for each in found] == [(10, "model")]
    assert process.dropped == 4


def test_long_texts_are_asked_about_by_paragraphs() -> None:
    text = "Acme sued.\n\n" + ("Words go on. " * 300 + "\n\n") * 3
    with served(chat(span("Words"))) as (address, asked):
        found = list(LocalModel(f"{address}/v1/", "tiny").suggest(Subject(text, "article", SCHEMA)))

    assert len(asked) == 3
    assert [text[each.start : each.end] for each in found] == ["Words"] * 3
    assert len({each.start for each in found}) == 3
    assert {request["path"] for request in asked} == {"/v1/chat/completions"}


@pytest.mark.parametrize(
    ("answer", "status", "why"),
    [
        (b"{}", 200, "no chat completion"),
        (b"not json", 200, "no chat completion"),
        (b"", 302, "answered 302"),
        (b"", 500, "answered 500"),
    ],
)
def test_server_that_cannot_be_used_switches_the_suggester_off(answer: bytes, status: int, why: str) -> None:
    with served(answer, status) as (address, _):
        process = SuggesterProcess("model", PLACE, (address, "tiny"))
        assert run(process.suggest(SUBJECT)) == ()

    assert why in process.trouble


def test_nobody_there_is_said_in_one_sentence() -> None:
    with pytest.raises(Unanswered, match="does not answer"):
        list(LocalModel("http://127.0.0.1:9", "tiny").suggest(SUBJECT))


def test_answer_without_spans_suggests_nothing() -> None:
    said = json.dumps({"choices": [{"message": {"content": "I would rather not."}}]}).encode()
    with served(said) as (address, _):
        assert list(LocalModel(address, "tiny").suggest(SUBJECT)) == []


@pytest.mark.parametrize(
    "address", ["http://localhost:11434", "http://127.0.0.1", "http://[::1]:8080/v1", "http://127.9.9.9:1"]
)
def test_this_machine_needs_no_consent(address: str) -> None:
    assert is_loopback(address)
    check_address(address, "")


@pytest.mark.parametrize(
    "address", ["http://192.168.1.7:11434", "https://models.example.org", "http://127.0.0.1.example.org"]
)
def test_text_leaves_this_machine_only_for_the_address_that_was_agreed_to(address: str) -> None:
    with pytest.raises(InvalidSuggestions, match="would leave this machine"):
        check_address(address, "")
    with pytest.raises(InvalidSuggestions, match="would leave this machine"):
        learned_by("ana", (), ModelServer(address, "tiny", "http://other.example.org"))

    learned = learned_by("ana", ("model",), ModelServer(address, "tiny", address))

    assert list(learned.processes) == ["model"]


@pytest.mark.parametrize("address", ["127.0.0.1", "ftp://localhost", "http://", "http://localhost:99999"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidSuggestions, match="no address"):
        is_loopback(address)


def test_no_model_is_asked_without_an_address() -> None:
    assert "model" not in learned_by("ana").processes
    with pytest.raises(InvalidSuggestions, match="no suggester “model”"):
        learned_by("ana", ("model",))
