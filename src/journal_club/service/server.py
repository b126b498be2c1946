"""The server: bind, open the club, say where questions go, serve, and end in time.

Owns the process's side of the service: the socket, the log, the signals. It binds to loopback only: there are no keys yet.
"""

import ipaddress
import math
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from journal_club.club import JournalClub, open_club
from journal_club.service.app import create_app
from journal_club.service.health import in_words
from journal_club.service.service import Service
from journal_club.settings import Settings

__all__ = ["BindError", "bind", "serve", "start_up_line"]

log = structlog.get_logger("journal_club.service")

DRAIN = 0.6
"""Share of the graceful time in which open streams may end by themselves; in the rest they say that they were cut, and the process ends."""


class BindError(Exception):
    """The address cannot be served; the message says what to set."""


class Server(uvicorn.Server):
    """A uvicorn server that ends open streams with a last event before uvicorn cuts them."""

    def __init__(self, config: uvicorn.Config, *, service: Service, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._service = service
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._tell_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: no new questions, a limit for the open ones, then uvicorn's own way."""
        self._service.admission.close(within_s=self._service.club.settings.service.graceful_s * DRAIN)
        await super().shutdown(sockets)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        BindError: the address is not on loopback, or it is taken.
        StoreBusyError: another process owns the store.
        Exception: what opening a club raises.
    """
    _log_to_stderr()
    with bind(settings.service.host, settings.service.port) as listener:
        address = _address(listener)
        club = open_club(settings, address=address)
        app = create_app(club)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=math.ceil(settings.service.graceful_s),
        )
        server = Server(config, service=app.state.service, started=lambda: log.info(start_up_line(club, address)))
        with _quiet_end():
            server.run(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """Take a loopback address; port 0 takes a free one.

    Raises:
        BindError: the host is not on loopback, or the port is taken.
    """
    name = host.strip("[]")
    if not _is_loopback(name):
        raise BindError(f"{host!r} is not on loopback: without keys journal-club serves this machine only; set the host to 127.0.0.1")
    family, kind, protocol, _, place = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
    except OSError as error:
        listener.close()
        raise BindError(f"port {port} of {host} cannot be taken ({error.strerror}); choose another one with --port") from error
    return listener


def start_up_line(club: JournalClub, address: str) -> str:
    """What a person wants to know at the start: where the service is, where questions go, and how to change that."""
    return f"journal-club serves {address}. {in_words(club.endpoint)}"


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _quiet_end() -> Iterator[None]:
    """Let a signal that ended the service in order end the process with 0: uvicorn raises it again when it is done."""
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, signal.SIG_IGN) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)


def _log_to_stderr() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
