"""Middleware: who may come in at all, and what is open to whoever has not signed in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.access import activity, configuration, standing
from components.access.configuration import Configuration
from components.access.identity import Identity
from data.store import Store, StoreProblem
from serving import messages, rules
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
        await self.app(scope, self._heard(receive, who) if visitor.websocket else receive, send)

    async def _closed(self, visitor: Visitor, who: Identity | None, settings: Configuration) -> Refusal | None:
        if not settings.configured or rules.is_open(visitor):
            return None
        if who is not None and visitor.method in ("PUT", "POST"):
            activity.note(who.key, datetime.now(UTC))
        if who is None or not await run_in_threadpool(self._has_duties, who, settings):
            return rules.SIGN_IN
        return None

    def _has_duties(self, who: Identity, settings: Configuration) -> bool | None:
        """None where the store cannot say."""
        try:
            return bool(standing.person_now(self.store(), who, settings).duties)
        except StoreProblem:
            return None

    def _leave(self, who: Identity) -> None:
        try:
            standing.end(self.store(), who, "out", datetime.now(UTC))
        except StoreProblem as problem:
            _LOG.warning("A sign-out could not be recorded: %s", problem)

    def _heard(self, receive: Receive, who: Identity | None) -> Receive:
        """The browser's messages, those that the pages need (``messages``). What a person asked for, and no page by itself,
        is noted as done under this sign-in."""

        async def hear() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or not message.get("bytes"):
                    return message
                if (passed := await self._passed(message["bytes"], who)) is not None:
                    return {**message, "bytes": passed}

        return hear

    async def _passed(self, message: bytes, who: Identity | None) -> bytes | None:
        """What of a message goes on to the app; None where nothing does."""
        if (told := messages.read(message)) is None:
            return message
        if who is not None and messages.by_a_person(message):
            activity.note(who.key, datetime.now(UTC))
        if not messages.is_known(told):
            return None
        settings = configuration.read()
        if not settings.configured or not messages.is_of_a_page(told):
            return message
        stands = False if who is None else await run_in_threadpool(self._has_duties, who, settings)
        if stands or (stands is None and messages.is_a_run(told)):  # a live part says itself that nothing can be read
            return message
        return messages.instead(told)
