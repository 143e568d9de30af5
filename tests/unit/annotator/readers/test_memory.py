"""The memory of a process is limited where the system can, and known where it cannot."""

import shutil
import subprocess
import sys

import pytest

from annotator.readers.memory import MEGABYTE, resident_megabytes

LIMITED = """
from annotator.readers.memory import limit_memory
print(limit_memory(512))
try:
    bytes(1024 * 2**20)
except MemoryError:
    print("refused")
print(len(bytes(64 * 2**20)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds the limit")
def test_memory_above_the_limit_is_refused_and_below_it_given() -> None:
    run = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["True", "refused", str(64 * MEGABYTE)]


@pytest.mark.skipif(sys.platform != "win32" and shutil.which("ps") is None, reason="needs ps")
def test_the_memory_in_use_grows_with_what_is_kept() -> None:
    before = resident_megabytes()
    kept = bytearray(b"x" * (100 * MEGABYTE))
    after = resident_megabytes()

    assert len(kept) == 100 * MEGABYTE
    assert 80 < after - before < 400
