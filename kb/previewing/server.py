"""The preview for one reader, on this machine only: the site from memory, and a stream of events that tells pages when they are out of date.

It answers only to its own name, so that no page from elsewhere can read it through the browser (DNS rebinding), and pages from elsewhere
may not use anything it shows. Paths are looked up among the files of the site, never on disk. The pages run under the strictest content
policy under which they promise to work.
"""

from __future__ import annotations

import os
import sys
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from kb.finding import KbError
from kb.previewing.state import MOST
from kb.publishing.addresses import HOME
from kb.publishing.messages import language_tag

if TYPE_CHECKING:
    from kb.previewing.preview import Preview
    from kb.previewing.state import State

ADDRESS, PORT, TRIES, USUAL = "127.0.0.1", 8000, 20, 80
"""The address; the first port, and how many are tried, unless one was asked for; and the port that addresses need not name."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
OWN_FOLDER = "/.kb/"
"""Where the server's own files are, which are no part of the site."""
PREVIEW_TAGS = (
    f'<link rel="stylesheet" href="{OWN_FOLDER}preview.css">'
    f'<script src="{OWN_FOLDER}preview.js" data-page="{{page}}" data-print="{{print}}" defer></script>'
)
ABSENT_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>{title}</h1>{more}</main></body></html>'
)
HEARTBEAT = 15.0
"""The seconds after which a page that waits is told that the server is still there."""


class Server(ThreadingHTTPServer):
    """The server of one preview."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows this would let two servers have one port

    def __init__(self, preview: Preview, port: int) -> None:
        super().__init__((ADDRESS, port), Handler)
        self.preview = preview
        self.host_names = host_names(self.server_port)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def start(self) -> None:
        """Answer from now on, in a thread of its own."""
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def stop(self) -> None:
        """Stop answering, also to pages that wait."""
        self.preview.end()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Report errors as usual, except that a reader went away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as they came


def serve(preview: Preview, port: int | None) -> Server:
    """A server at the given port, or else at the first that is free; `KbError` if there is none."""
    for tried in (port,) if port is not None else range(PORT, PORT + TRIES):
        try:
            return Server(preview, tried)
        except OSError as error:
            refused = error.strerror
    wanted = f"port {port}" if port is not None else f"a port from {PORT} to {PORT + TRIES - 1}"
    message = f"{wanted} cannot be used ({refused}); choose another with `--port`"
    raise KbError(message)


def host_names(port: int) -> frozenset[str]:
    """What a browser may call the server: a name and the port, which it leaves out if it is the usual one."""
    ends = (f":{port}", "") if port == USUAL else (f":{port}",)
    return frozenset(name + end for name in ("localhost", ADDRESS, "[::1]") for end in ends)


def absent_page(state: State, path: str) -> str:
    """The page shown for one that does not exist: what became of it, and where to go on."""
    title = escape(state.catalogue.say("preview.absent" if state.files else "preview.unbuilt"))
    record, more = state.gone.get(path), ""
    if record is not None:
        sentence = escape(state.gone_sentence(path))
        more += f'<p><a href="/{escape(record.now_at)}">{sentence}</a></p>' if record.now_at else f"<p>{sentence}</p>"
    if not state.files:
        more += unbuilt_notice(state, path)
    else:
        more += f'<p><a href="/">{escape(state.catalogue.say("preview.home"))}</a></p>'
    return ABSENT_PAGE.format(language=language_tag(state.catalogue.language), title=title, more=more)


def unbuilt_notice(state: State, path: str) -> str:
    """Why there is no site yet, for readers without scripts; for others `preview.js` shows it."""
    faults = "".join(
        f"<li><code>{escape(note.where)}</code> {escape(note.message)}</li>" for note in state.ranked_notes(path)[:MOST]
    )
    return f"<noscript><p>{escape(state.stale_sentence())}</p><ul>{faults}</ul></noscript>" if faults else ""


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send a file of the site, or one of the server's own."""
        if self.headers.get("Host", "").lower() not in self.server.host_names:
            self._send(
                HTTPStatus.MISDIRECTED_REQUEST, "txt", f"This is {self.server.url}, and nothing else.\n".encode()
            )
            return
        try:
            address = urlsplit(self.path)
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, "txt", b"This is no address.\n")
            return
        self._answer(unquote(address.path), address.query)

    do_HEAD = do_GET  # noqa: N815 - as the library calls it

    def _answer(self, path: str, query: str) -> None:
        if path == f"{OWN_FOLDER}events":
            self._send_events(parse_qs(query).get("page", [""])[0])
        elif path in {f"{OWN_FOLDER}{name}" for name in ("preview.js", "preview.css")}:
            name = path.removeprefix(OWN_FOLDER)
            self._send(HTTPStatus.OK, name.rpartition(".")[2], (resources.files("kb.previewing") / name).read_bytes())
        else:
            self._send_page(path.removeprefix("/") + (HOME if path.endswith("/") else ""))

    def _send_page(self, path: str) -> None:
        """Send a file of the site; a page comes with the script that keeps it up to date."""
        state = self.server.preview.state
        content, kind = state.files.get(path), path.rpartition(".")[2]
        if content is not None and kind != "html":
            self._send(HTTPStatus.OK, kind, content)
            return
        status = HTTPStatus.OK if content is not None else HTTPStatus.NOT_FOUND
        if content is None:
            content = absent_page(state, path).encode()
        head, end, rest = content.partition(b"</head>")
        tags = PREVIEW_TAGS.format(page=escape(path), print=state.fingerprint(path))
        self._send(status, "html", b"".join([head, tags.encode(), end, rest]))

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(kind, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self._end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_events(self, page: str) -> None:
        """Send what a page has to know: at once, and again with every new state."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.close_connection = True
        self._end_headers()
        seen = -1
        state: State | None = self.server.preview.state
        while state is not None and self.command != "HEAD":
            event = f"data: {state.page_message(page)}" if state.number != seen else ": still here"
            self.wfile.write(f"{event}\n\n".encode())
            self.wfile.flush()
            seen = state.number
            state = self.server.preview.wait(seen, HEARTBEAT)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Log nothing: requests of a reader are no news at the terminal."""
