"""Folders that a project is not safe in."""

from pathlib import Path

import pytest

from annotator.places import risky_place

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/export /mnt/team nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/ana/Dropbox/news.annotator", "Dropbox"),
        ("/home/ana/OneDrive - Court/a/news.annotator", "OneDrive"),
        ("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/news.annotator", "iCloud Drive"),
        ("/mnt/team/news.annotator", "a network folder"),
        ("/mnt/my share/news.annotator", "a network folder"),
        ("/mnt/team/local/news.annotator", ""),
        ("/home/ana/dropboxes/news.annotator", ""),
        ("/home/ana/news.annotator", ""),
    ],
)
def test_folder_is_known_by_its_name_or_its_file_system(path: str, found: str) -> None:
    assert risky_place(Path(path), MOUNTS) == found


def test_folder_that_syncthing_marks_is_known(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()

    assert risky_place(tmp_path / "cases" / "news.annotator", MOUNTS) == "Syncthing"
