"""A small server with OpenAI's protocol on this machine, in place of a language model's."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def chat(*spans: dict[str, object]) -> bytes:
    """An answer of OpenAI's protocol that has these spans."""
    content = "Here you are: " + json.dumps({"spans": spans})
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def span(quote: str, label: str = "organization", occurrence: object = 1) -> dict[str, object]:
    """A span as a model answers it."""
    return {"quote": quote, "label": label, "occurrence": occurrence}


@contextmanager
def served(
    answer: bytes, status: int = 200, *, gate: threading.Event | None = None, port: int = 0
) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A server that answers every request alike, once a gate is open: its address, and what it was asked.

    `port` is one that is free; without, any is taken.
    """
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"path": self.path, **json.loads(body)})
            if gate is not None:
                gate.wait()
            with suppress(ConnectionError):  # whoever asked may have gone
                self._answer()

        def _answer(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Location", "http://192.0.2.1/")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
