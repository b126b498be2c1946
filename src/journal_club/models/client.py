"""The openai clients: how a connection to an endpoint is made.

Owns timeouts, proxies, redirects and headers, the same for chat and embeddings. No client retries (`chat` and
`remote_embedding` do, once), none follows a redirect (a question goes to the set address or nowhere), and to a server that is not
OpenAI's nothing is sent that the environment holds for OpenAI: not its key, organization, project or custom headers. The client of an
event loop reads through aiohttp, whose parser is C: a draft comes in many small pieces.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from journal_club.models.endpoint import OPENAI_URL

if TYPE_CHECKING:
    import httpx
    from openai import AsyncOpenAI, OpenAI

__all__ = ["Connection", "open_async_client", "open_client"]

_CONNECT_S: Final = 5.0
_WRITE_S: Final = 10.0
_POOL_S: Final = 2.0
_NO_KEY: Final = "none"
_PROTOCOL_HEADERS: Final = frozenset({"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"})


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Connection:
    """How an endpoint is reached.

    Attributes:
        base_url: its address.
        api_key: its key; None where it takes none.
        remote: whether it is another machine; one that is this machine is never reached through a proxy.
        read_s: longest silence on the wire, seconds.
    """

    base_url: str
    api_key: str | None
    remote: bool
    read_s: float


def open_async_client(connection: Connection) -> "AsyncOpenAI":
    """A client for one event loop; its owner closes it."""
    from httpx_aiohttp import HttpxAiohttpClient
    from openai import AsyncOpenAI

    async def prepare(request: "httpx.Request") -> None:
        _keep_protocol_headers(request, connection)

    http_client = HttpxAiohttpClient(event_hooks={"request": [prepare]}, **_transport(connection))
    return AsyncOpenAI(http_client=http_client, max_retries=0, **_access(connection))


def open_client(connection: Connection) -> "OpenAI":
    """A client for plain functions, safe to use from several threads; its owner closes it."""
    import httpx
    from openai import OpenAI

    def prepare(request: "httpx.Request") -> None:
        _keep_protocol_headers(request, connection)

    http_client = httpx.Client(event_hooks={"request": [prepare]}, **_transport(connection))
    return OpenAI(http_client=http_client, max_retries=0, **_access(connection))


def _access(connection: Connection) -> Mapping[str, Any]:
    import httpx

    # The SDK takes OPENAI_API_KEY and OPENAI_BASE_URL from the environment for whatever is left out here.
    return {"base_url": connection.base_url, "api_key": connection.api_key or _NO_KEY, "timeout": httpx.Timeout(**_timeouts(connection))}


def _transport(connection: Connection) -> Mapping[str, Any]:
    import httpx

    return {"trust_env": connection.remote, "follow_redirects": False, "timeout": httpx.Timeout(**_timeouts(connection))}


def _timeouts(connection: Connection) -> Mapping[str, float]:
    return {"connect": _CONNECT_S, "read": connection.read_s, "write": _WRITE_S, "pool": _POOL_S}


def _keep_protocol_headers(request: "httpx.Request", connection: Connection) -> None:
    if connection.base_url == OPENAI_URL:
        return
    for name in set(request.headers) - _PROTOCOL_HEADERS:
        del request.headers[name]
    if connection.api_key:
        request.headers["authorization"] = f"Bearer {connection.api_key}"
