"""Asks the databases of known vulnerabilities about the libraries that the program runs with.

`python3 tasks.py audit` runs it. Where no database can be reached it says so and passes: what cannot be known
is not told as good.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ui.licences import PROGRAM, notices

SECONDS = 600


def main() -> int:
    """Print what is known, library by library; 1 if something is."""
    names = [f"{each.name}=={each.version}" for each in notices() if each.name != PROGRAM]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "requirements.txt")
        wanted.write_text("\n".join(names), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-r", str(wanted)]
        command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    told = answer(ended.stdout)
    if told is None:
        print(f"No database of vulnerabilities can be asked here, so nothing was checked: {_reason(ended)}.")
        return 0
    faults = vulnerabilities(told)
    print("\n".join(faults) or f"No vulnerability is known of {len(told) - len(unknown(told))} libraries.")
    if unknown(told):
        print(f"Not in the database: {', '.join(unknown(told))}.")
    return 1 if faults else 0


def _reason(ended: "subprocess.CompletedProcess[str]") -> str:
    lines = ended.stderr.strip().splitlines()
    return lines[-1][:200] if ended.returncode and lines else "it knows none of the libraries"


def answer(output: str) -> list[dict[str, Any]] | None:
    """The libraries in what pip-audit printed; None where it printed none, or was told nothing of any."""
    try:
        told = json.loads(output)
    except json.JSONDecodeError:
        return None
    found = told.get("dependencies") if isinstance(told, dict) else None
    return found if found and len(unknown(found)) < len(found) else None


def unknown(told: list[dict[str, Any]]) -> list[str]:
    """The names of the libraries that the database does not know."""
    return [each["name"] for each in told if "skip_reason" in each]


def vulnerabilities(told: list[dict[str, Any]]) -> list[str]:
    """A line for each vulnerability."""
    return [
        f"{each['name']} {each['version']}: {fault['id']}, "
        f"mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in told
        for fault in each.get("vulns", ())
    ]


if __name__ == "__main__":
    sys.exit(main())
