"""What pip-audit tells is read: vulnerabilities as lines, anything else as nothing known."""

import json

from tests.house.vulnerabilities import answer, unknown, vulnerabilities

KNOWN = {
    "dependencies": [
        {"name": "safe", "version": "1.0", "vulns": []},
        {"name": "holey", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]},
        {"name": "old", "version": "3.0", "vulns": [{"id": "X-2", "fix_versions": []}]},
        {"name": "odd", "skip_reason": "it is not in the index"},
    ],
    "fixes": [],
}


def test_each_vulnerability_is_a_line_that_says_what_to_do() -> None:
    told = answer(json.dumps(KNOWN))

    assert told is not None
    assert vulnerabilities(told) == [
        "holey 2.0: X-1, mended in 2.1",
        "old 3.0: X-2, mended in no version yet",
    ]
    assert unknown(told) == ["odd"]


def test_output_without_an_answer_is_none() -> None:
    assert answer("Traceback (most recent call last):") is None
    assert answer("[]") is None
    assert answer("{}") is None
    assert answer(json.dumps({"dependencies": KNOWN["dependencies"][-1:]})) is None
