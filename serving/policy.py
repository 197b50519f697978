"""What a browser may do with our answers, in the words of the standard headers."""

from __future__ import annotations

from collections.abc import Iterable

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), "
        "publickey-credentials-get=(), serial=(), usb=(), fullscreen=(self), clipboard-write=(self)"
    ),
}
"""On every answer. Full screen is for the stage, the clipboard for copying a text or a link."""
HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
"""On every answer that went by https."""
FILE = "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-ancestors 'self'; sandbox"
"""For files: one opened by itself runs nothing."""
BARE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For our own plain pages."""


def page_policy(scripts: Iterable[str]) -> str:
    """The policy of the app's page. ``scripts``: digests of the scripts in it; no other inline script runs.

    What cannot be stricter, and why: styles are written by Streamlit as it draws; components bring their script as a blob
    and work in workers from blobs; the maps compute in WebAssembly; charts and pictures come as data.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "media-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
