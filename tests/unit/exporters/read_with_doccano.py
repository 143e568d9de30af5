"""Runs where doccano is installed: puts a file through its importer, and prints what its database has then.

Arguments: the file; "spans" or "relations"; "all", or "flat" for a project without overlapping spans.
"""

import json
import sys
from pathlib import Path


def main(path: str, write: str, spans: str) -> None:
    # Its modules are found beside each other, and only once Django is set up.
    import backend

    sys.path.insert(0, str(Path(backend.__file__).parent))
    import django

    django.setup()
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from examples.models import Example
    from labels.models import Relation, Span
    from projects.models import ProjectType, SequenceLabelingProject

    call_command("migrate", verbosity=0)
    user = User.objects.create_user("reader")
    project = SequenceLabelingProject.objects.create(
        name="Read",
        created_by=user,
        project_type=ProjectType.SEQUENCE_LABELING,
        use_relation=write == "relations",
        allow_overlapping=spans == "all",
    )
    task = RELATION_EXTRACTION if write == "relations" else ProjectType.SEQUENCE_LABELING
    dataset = load_dataset(task, create_file_format("JSONL"), [FileName(path, path, path)], project)
    dataset.save(user)
    examples = [
        {
            "text": example.text,
            "meta": example.meta,
            "spans": [
                [span.start_offset, span.end_offset, span.label.text]
                for span in Span.objects.filter(example=example)
            ],
            "relations": [
                [link.from_id.start_offset, link.to_id.start_offset, link.type.text]
                for link in Relation.objects.filter(example=example)
            ],
        }
        for example in Example.objects.filter(project=project).order_by("pk")
    ]
    errors = [error.dict() for error in dataset.errors]
    sys.stdout.write(json.dumps({"errors": errors, "examples": examples}))


main(*sys.argv[1:])
