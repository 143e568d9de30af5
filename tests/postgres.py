"""A real PostgreSQL for tests of the hub: one server for all tests of a process, a fresh database for each.

It runs as the user postgres where we are root, since initdb refuses root, on a free port, with its data in a
temporary folder. Its users have passwords, which libpq finds in a password file as it does for anybody.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MISSING = "PostgreSQL is not installed here (Debian, Ubuntu: apt-get install postgresql)"
ADMIN = "postgres"
# Database users, as whom annotators and others connect; `stranger` is let in by nobody.
LOGINS = ("lea", "rita", "ben", "cleo", "stranger")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


@dataclass(slots=True)
class Server:
    """A server that can be stopped and started in the middle of a test."""

    folder: Path
    binaries: Path
    port: int
    _databases: int = field(default=0)

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        options += f" -p {self.port} -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def passwords(self) -> Path:
        """The file that PGPASSFILE names."""
        return self.folder / "pgpass"

    def database(self) -> str:
        """A new database, in which lea may make a hub; its name."""
        self._databases += 1
        name = f"rulings_{self._databases}"
        self.admin(f"CREATE DATABASE {name}")
        self.admin(f"GRANT CREATE ON DATABASE {name} TO lea")
        return name

    def address(self, database: str, login: str) -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def admin(self, statement: str, database: str = ADMIN) -> list[tuple[object, ...]]:
        """Run a statement as who runs the server; its rows."""
        import psycopg

        with psycopg.connect(
            self.address(database, ADMIN), autocommit=True, passfile=str(self.passwords)
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def make(self) -> None:
        """Make the cluster and its users."""
        secret = self.folder / "secret"
        secret.write_text("secret-postgres\n", "utf-8")
        self.passwords.write_text(
            "".join(f"*:*:*:{login}:secret-{login}\n" for login in (ADMIN, *LOGINS)), "utf-8"
        )
        self.passwords.chmod(0o600)
        make = ("initdb", "-D", self.data, "-U", ADMIN, "-A", "scram-sha-256", "--pwfile", secret)
        self._run(*make, "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()
        for login in LOGINS:
            self.admin(f"CREATE ROLE {login} LOGIN PASSWORD 'secret-{login}'")

    def _run(self, program: str, *arguments: str | Path) -> None:
        run_as = {"user": ADMIN, "group": ADMIN, "extra_groups": ()} if _is_root() else {}
        done = subprocess.run(
            [self.binaries / program, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **run_as,  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that is installed here, None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return None if on_path is None else Path(on_path).resolve().parent


@contextmanager
def running_server() -> Iterator[Server]:
    """A server that runs until the end."""
    place = binaries()
    if place is None:
        raise RuntimeError(MISSING)
    memory = Path("/dev/shm")  # where there is one, a cluster is made in a fifth of the time
    folder = Path(tempfile.mkdtemp(prefix="annotator-postgres-", dir=memory if memory.is_dir() else None))
    server = Server(folder, place, _free_port())
    try:
        if _is_root():
            shutil.chown(folder, ADMIN, ADMIN)
        server.make()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
