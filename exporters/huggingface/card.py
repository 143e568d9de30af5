"""The README.md of a dataset folder: the front matter by which `datasets` finds configurations and splits.

Layout: https://huggingface.co/docs/hub/datasets-manual-configuration. The configuration called `default`
is the one that is loaded where none is named.
"""

from collections.abc import Sequence

CONFIGURATIONS = {"default": "tokens", "spans": "spans"}


def front_matter(splits: Sequence[str]) -> str:
    """The configurations with the files of each split, between the lines that YAML stands between."""
    lines = ["---", "task_categories:", "- token-classification", "configs:"]
    for configuration, folder in CONFIGURATIONS.items():
        lines += [f"- config_name: {configuration}", "  data_files:"]
        for split in splits:
            lines += [f"  - split: {split}", f"    path: {folder}/{split}-*.parquet"]
    return "\n".join([*lines, "---"]) + "\n"


def card(title: str, splits: Sequence[str], tag_names: Sequence[str]) -> str:
    """The whole README.md: front matter, and what the two configurations hold."""
    return f"""{front_matter(splits)}
# {title}

Two configurations of the same documents. Offsets are Unicode code points, end exclusive.

- `default`: `id`, `tokens`, `ner_tags`. Tags are IOB2, {len(tag_names)} of them, named in the feature. A
  token has one tag, so that of spans that share tokens one is here; `preflight.json` lists the others.
- `spans`: `id`, `title`, `kind`, `case`, `text`, and in `spans` every span with its `fragments`, `label`,
  `layer`, `attributes` (JSON), `annotator`, `gold`, `cite`, `certainty` and `note`.

`MANIFEST.json` has the SHA-256 of every file.
"""
