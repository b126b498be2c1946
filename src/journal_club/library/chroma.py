"""Chroma's clients and Chroma's errors, as the store uses them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from journal_club.library.errors import (
    LibraryError,
    RemoteStoreError,
    StoreDamagedError,
    StoreError,
    StoreUnreachableError,
    StoreWriteError,
)

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client

__all__ = ["CollectionGoneError", "close_client", "embedded_client", "server_client", "translated"]

TIMEOUT_S = 60.0
"""Longest wait for one answer of a Chroma server; Chroma's own client waits for ever."""

_NOT_WRITABLE = (
    "disk is full",
    "readonly",
    "read-only",
    "unable to open database",
    "permission denied",
    "no space left",
    "file too large",
    "disk i/o",
    "file exists",
)
_DAMAGED = ("malformed", "not a database", "corrupt", "no such table", "migration")


class CollectionGoneError(StoreError):
    """What was named is not there: another process has replaced or removed it."""


def embedded_client(folder: Path) -> "Client":
    """Chroma in this process, with its files in a folder.

    Raises:
        StoreDamagedError: the files cannot be read.
        StoreWriteError: the folder cannot be written.
    """
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    def connect() -> "Client":
        return cast("Client", chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False)))

    with translated():
        try:
            return connect()
        except AttributeError:
            # chromadb keeps the half-made client of an open that failed and hands it out once; then it lets go of it.
            return connect()


def server_client(url: str, *, allow_remote: bool) -> "Client":
    """A client of a Chroma server.

    Raises:
        RemoteStoreError: the server is not on loopback, and `allow_remote` is false.
        StoreUnreachableError: it does not answer.
    """
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url if "//" in url else f"http://{url}")
    host = parts.hostname or ""
    if not (allow_remote or _is_loopback(host)):
        raise RemoteStoreError(host)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    _knock(host, port, url)
    with translated():
        client = cast("Client", chromadb.HttpClient(host=host, port=port, ssl=secure, settings=ChromaSettings(anonymized_telemetry=False)))
    for session in _sessions(client):
        session.timeout = TIMEOUT_S
    return client


def close_client(client: "Client") -> None:
    """Let files and connections go."""
    client.close()
    # Chroma's own client leaves its connections open.
    for session in _sessions(client):
        session.close()


def _sessions(client: "Client") -> "Iterator[httpx.Client]":
    """The connections of a client of a server, and of the client for administration that it holds; an embedded one has none."""
    from chromadb.api.fastapi import FastAPI

    admin = cast("Client", client._admin_client)
    for server in (client._server, admin._server):
        if isinstance(server, FastAPI):
            yield server._session


@contextmanager
def translated() -> Iterator[None]:
    """Turn what Chroma raises into the library's errors."""
    import httpx
    from chromadb.errors import NotFoundError

    try:
        yield
    except LibraryError:
        raise
    except NotFoundError as error:
        raise CollectionGoneError(str(error)) from error
    except httpx.HTTPError as error:
        raise StoreUnreachableError(f"the Chroma server does not answer ({error}): start it, or ask again") from error
    except Exception as error:
        # Chroma raises Exception itself, and what its core throws: there is no narrower root.
        raise _translation(error) from error
    except BaseException as error:
        # A damaged file makes its core panic, which is no Exception in Python.
        if type(error).__name__ != "PanicException":
            raise
        raise _translation(error) from error


def _translation(error: BaseException) -> LibraryError:
    text = f"{error}".casefold()
    if any(word in text for word in _NOT_WRITABLE):
        return StoreWriteError(
            f"the store cannot be written ({error}): free space on the disk or mend the folder's permissions, and start journal-club again"
        )
    if any(word in text for word in _DAMAGED):
        return StoreDamagedError(
            f"the store cannot be read ({error}): put its folder `store` back from a backup, or move it away and ingest the papers again"
        )
    return StoreError(f"the store failed: {error}")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _knock(host: str, port: int, url: str) -> None:
    """Find out soon whether anybody is there: Chroma's own client has no time limit."""
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError as error:
        raise StoreUnreachableError(
            f"no Chroma server answers at {url} ({error}): start it with `chroma run`, or mend JOURNAL_CLUB_STORE__CHROMA_URL"
        ) from error
