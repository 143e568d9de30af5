"""The README of a dataset folder: front matter that names every configuration and split."""

import yaml

from exporters.huggingface.card import card, front_matter


def test_front_matter_names_the_files_of_every_split() -> None:
    text = front_matter(["train", "test"])

    assert text.startswith("---\n")
    assert text.endswith("\n---\n")
    told = yaml.safe_load(text.strip("-\n"))
    assert told["configs"][0] == {
        "config_name": "default",
        "data_files": [
            {"split": "train", "path": "tokens/train-*.parquet"},
            {"split": "test", "path": "tokens/test-*.parquet"},
        ],
    }
    assert [configuration["config_name"] for configuration in told["configs"]] == ["default", "spans"]


def test_card_begins_with_the_front_matter_and_names_the_project() -> None:
    text = card("Rulings", ["train"], ["O", "B-court", "I-court"])

    assert text.startswith(front_matter(["train"]))
    assert "\n# Rulings\n" in text
    assert "IOB2, 3 of them" in text
