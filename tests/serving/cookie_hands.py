"""A sign-in's cookie as Streamlit would set it."""

from __future__ import annotations

import json
import time

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

SECRET = "0123456789abcdef0123456789abcdef-for-tests-only"


def cookie_for(origin: str, account: str, nonce: str = "n1", secret: str = SECRET, **more: object) -> str:
    """The cookie ``_streamlit_user`` of this account, of the server at ``origin``; two nonces are two sign-ins."""
    claims = {
        "sub": account, "preferred_username": account, "name": account, "iat": int(time.time()), "nonce": nonce,
        "origin": origin, "is_logged_in": True, "provider": "default",
    } | more  # fmt: skip
    return create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
