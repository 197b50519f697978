"""Who is asking, as far as the connection tells: the machine, whether by https, under which name, and for what."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit import config

from components.access.configuration import Configuration

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


@dataclass(frozen=True)
class Visitor:
    """``address`` is the machine that asks: behind a believed proxy the one the proxy names. ``path`` is without the
    base path; ``host`` and ``origin_host`` are names in small letters, "" where none was said.
    """

    address: str
    forwarded: bool
    https: bool
    host: str
    origin: str
    origin_host: str
    method: str
    path: str
    websocket: bool
    from_elsewhere: bool

    @property
    def here(self) -> bool:
        """Whether it asks from this very machine, through nobody."""
        return not self.forwarded and _is_loopback(self.address)


def of(scope: Scope, settings: Configuration) -> Visitor:
    """The visitor of a request or a websocket."""
    asked = HTTPConnection(scope)
    headers = asked.headers
    address = asked.client.host if asked.client else ""
    believed = within(address, settings.proxies)
    proto = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower() if believed else ""
    origin = headers.get("origin", "")
    return Visitor(
        address=_named_by_proxy(headers.getlist("x-forwarded-for"), address, settings.proxies) if believed else address,
        forwarded=any(name in headers for name in _FORWARDED),
        https=scope.get("scheme") in ("https", "wss") or proto == "https" or (settings.configured and settings.secure),
        host=_name(f"//{headers.get('host', '')}"),
        origin=origin,
        origin_host=_name(origin),
        method=scope.get("method", "GET"),
        path=_below_base(scope["path"]),
        websocket=scope["type"] == "websocket",
        from_elsewhere=headers.get("sec-fetch-site") == "cross-site",
    )


def within(address: str, allowed: Sequence[str]) -> bool:
    """Whether an address is one of these addresses or networks ("10.0.0.0/8"). What is neither is nobody's."""
    try:
        found = _plain(address)
    except ValueError:
        return False
    return any(found in network for network in map(_network, allowed) if network is not None)


def _named_by_proxy(told: Sequence[str], peer: str, proxies: Sequence[str]) -> str:
    """The last address in X-Forwarded-For that is no proxy of ours: what stands before it anybody may have written."""
    hops = [hop.strip() for line in told for hop in line.split(",")]
    return next((hop for hop in reversed(hops) if hop and not within(hop, proxies)), peer)


def _network(told: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(told, strict=False)
    except ValueError:
        return None


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    found = ipaddress.ip_address(address)
    return getattr(found, "ipv4_mapped", None) or found


def _is_loopback(address: str) -> bool:
    try:
        return _plain(address).is_loopback
    except ValueError:
        return False


def _name(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
        return "" if parts.username or parts.password else (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _below_base(path: str) -> str:
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    below = path.removeprefix(f"/{base}") if base and f"{path}/".startswith(f"/{base}/") else path
    return below or "/"
