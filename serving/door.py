"""Middleware: who may come in at all, and what is open to whoever has not signed in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from components.access import activity, configuration, standing
from components.access.configuration import Configuration
from components.access.identity import Identity
from data.store import Store, StoreProblem
from serving import rules
from serving.cookies import identity_of
from serving.refusals import Refusal, refuse
from serving.visitor import Visitor, of

_LOG = logging.getLogger(__name__)


class Door:
    """Asks ``rules`` before anything reaches the app, and hears what a signed-in person does.

    ``store`` opens the process's store; it is asked only where somebody has to be signed in.
    """

    def __init__(self, app: ASGIApp, store: Callable[[], Store]) -> None:
        self.app, self.store = app, store
        activity.listen()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        settings = configuration.read()
        visitor = of(scope, settings)
        who = identity_of(HTTPConnection(scope).cookies, settings) if settings.configured else None
        if refusal := rules.refusal(visitor, settings) or await self._closed(visitor, who, settings):
            await refuse(refusal, visitor.websocket, receive, send)
            return
        if who is not None and visitor.path == rules.LOGOUT:
            await run_in_threadpool(self._leave, who)
        await self.app(scope, _heard(receive, who) if visitor.websocket and who else receive, send)

    async def _closed(self, visitor: Visitor, who: Identity | None, settings: Configuration) -> Refusal | None:
        if not settings.configured or rules.is_open(visitor):
            return None
        if who is not None and visitor.method in ("PUT", "POST"):
            activity.note(who.key, datetime.now(UTC))
        if who is None or not await run_in_threadpool(self._has_duties, who, settings):
            return rules.SIGN_IN
        return None

    def _has_duties(self, who: Identity, settings: Configuration) -> bool:
        try:
            return bool(standing.person_now(self.store(), who, settings).duties)
        except StoreProblem:
            return False

    def _leave(self, who: Identity) -> None:
        try:
            standing.end(self.store(), who, "out", datetime.now(UTC))
        except StoreProblem as problem:
            _LOG.warning("A sign-out could not be recorded: %s", problem)


def _heard(receive: Receive, who: Identity) -> Receive:
    """The same messages; whatever a person asked for, and no page by itself, is noted as done under this sign-in."""

    async def hear() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and by_a_person(message.get("bytes") or b""):
            activity.note(who.key, datetime.now(UTC))
        return message

    return hear


def by_a_person(message: bytes) -> bool:
    """Whether a message of the browser was brought about by a person, not by the timer of a live part."""
    told = BackMsg()
    try:
        told.ParseFromString(message)
    except Exception:  # the app's own server answers what it cannot read
        return False
    return told.WhichOneof("type") == "rerun_script" and not told.rerun_script.is_auto_rerun
