"""Who the sign-in's cookie vouches for. Streamlit writes and signs it; here it is read as Streamlit reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.access import identity
from components.access.configuration import Configuration
from components.access.identity import Identity


def identity_of(cookies: Mapping[str, str], settings: Configuration) -> Identity | None:
    """Who has signed in with this cookie; None where there is none, or it is forged, too old, cut, or of another site."""
    if settings.fault:
        return None
    secret = get_cookie_secret()
    days = settings.limit.total_seconds() / 86_400

    def one(name: str) -> bytes | None:
        told = cookies.get(name)
        if told is None:
            return None
        try:
            return decode_signed_value(secret, name, told.encode("latin-1"), max_age_days=days)
        except (UnicodeEncodeError, ValueError):
            return None

    try:
        claims = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    if not isinstance(claims, dict) or claims.get("origin") != _origin(settings.redirect):
        return None
    return identity.of(claims, settings.account_claim)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
