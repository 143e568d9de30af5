"""Folders in which a project must not be used: those of a network or of a service that copies files away.

SQLite's locks and its log need the file system of one computer; a synchronised folder copies the file while
it is written, and brings an older one back.
"""

import os
from pathlib import Path

# How the services' folders are called, in lower case; a name counts that begins so.
_SYNCHRONISED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "box sync": "Box",
}
_NETWORK = ("nfs", "cifs", "smb", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.rclone", "9p", "ncpfs")
_MOUNTS = Path("/proc/mounts")


def risky_place(project: Path, mounts: str | None = None) -> str:
    """What makes the folder of a project unsafe to work in, such as "Dropbox"; "" if nothing does.

    `mounts` are the lines of Linux's /proc/mounts, which are read if they are not given.
    """
    path = project.resolve()
    if str(path).startswith(("\\\\", "//")):
        return "a network folder"
    for folder in path.parents:
        name = folder.name.casefold()
        for begin, service in _SYNCHRONISED.items():
            if name == begin or name.startswith((f"{begin} ", f"{begin}-")):
                return service
        if (folder / ".stfolder").exists():
            return "Syncthing"
    return "a network folder" if _kind_of_mount(path, mounts).startswith(_NETWORK) else ""


def _kind_of_mount(path: Path, mounts: str | None) -> str:
    """The type of the file system that a path is on, "" where the system does not say."""
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text("utf-8", "replace")
        except OSError:
            return ""
    found, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1].replace("\\040", " ")
        if len(place) >= len(found) and (path == Path(place) or Path(place) in path.parents):
            found, kind = place, parts[2]
    return kind if os.name != "nt" else ""
