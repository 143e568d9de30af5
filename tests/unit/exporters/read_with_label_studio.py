"""Runs where label-studio-sdk is installed: checks a folder of tasks, and converts it with its converter.

Arguments: the folder; a folder to convert into. Prints what it found wrong, and what the converter made.
"""

import json
import sys
from pathlib import Path


def main(folder: str, out: str) -> None:
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    config = Path(folder, "label_config.xml").read_text("utf-8")
    tasks = json.loads(Path(folder, "tasks.json").read_bytes())
    interface = LabelInterface(config)
    interface.validate()
    wrong = [
        error
        for task in tasks
        for annotation in task["annotations"]
        for error in interface.validate_prediction(annotation, return_errors=True)
    ]
    converter = Converter(config, project_dir=None, upload_dir=None)
    converter.convert(str(Path(folder, "tasks.json")), f"{out}/json", "JSON", is_dir=False)
    converter.convert(str(Path(folder, "tasks.json")), f"{out}/conll", "CONLL2003", is_dir=False)
    made = json.loads(next(Path(out, "json").glob("*.json")).read_bytes())
    conll = next(Path(out, "conll").glob("*.conll")).read_text("utf-8")
    sys.stdout.write(json.dumps({"wrong": wrong, "json": made, "conll": conll}))


main(*sys.argv[1:])
