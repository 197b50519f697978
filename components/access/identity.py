"""Which account a sign-in vouches for: from the claims of the OIDC provider to account, name and the sign-in's own key."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CLAIMS = ("preferred_username", "email", "sub")
"""Tried in this order where no claim is configured; an address of e-mail counts only when the provider has verified it."""
_OF_ONE_SIGN_IN = ("provider", "iss", "sub", "aud", "iat", "nonce", "sid", "jti")


@dataclass(frozen=True)
class Identity:
    """``key`` is the same for every tab and every copy of one sign-in's cookie and differs for the next one.

    ``issued``: when the provider says it vouched, None where it does not say.
    """

    key: str
    account: str
    name: str
    issued: datetime | None


def of(claims: Mapping[str, Any], claim: str = "") -> Identity | None:
    """Who has signed in; None where nobody has, or the provider's claims have no account that can be relied upon."""
    if claims.get("is_logged_in") is not True:
        return None
    account = next((found for name in ((claim,) if claim else CLAIMS) if (found := _account(claims, name))), "")
    if not account:
        return None
    name = " ".join(str(claims.get("name") or account).split())[:60]
    return Identity(_key(claims), account, name, _issued(claims.get("iat")))


def _account(claims: Mapping[str, Any], claim: str) -> str:
    verified = claims.get("email_verified")
    if claim == "email" and verified is not True and verified != "true":
        return ""
    found = claims.get(claim)
    told = str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return told if _plainly(told) else ""


def _plainly(account: str) -> bool:
    """Whether it is written in plain letters. Accounts are kept so: "ｚhang" would be taken for zhang, who is somebody else
    to the provider, and a blank or a mark that nobody sees would make a look-alike."""
    return account.isprintable() and unicodedata.is_normalized("NFKC", account)


def _key(claims: Mapping[str, Any]) -> str:
    told = [[name, claims.get(name)] for name in _OF_ONE_SIGN_IN]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _issued(told: Any) -> datetime | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        return datetime.fromtimestamp(told, UTC)
    except (OverflowError, OSError, ValueError):
        return None
