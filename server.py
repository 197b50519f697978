"""The dashboard's server: ``streamlit run server.py`` is ``app.py`` with five things that a plain run lacks.

* It lets in whom it should, and every answer is safe by its headers (``serving/``; docs/sign-in.md).
* It is warm before the first viewer comes: heavy imports done, the store opened, what is imported kept out of every
  later garbage collection; and it begins at once to build the outlines of the first maps.
* It gives memory back (serving/memory.py), though it is open all day.
* A link to any page works at once, also as the very first request.
* The page is Chinese from its first byte, knows where its server is, and folds a phone's menu (components/assets/page.js).

``streamlit run app.py`` works too and shows the same on this machine, but nobody can sign in there.
"""

from __future__ import annotations

import gc
import logging
import shlex
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from components import session
from components.access import configuration
from components.navigation import PAGES
from serving.door import Door
from serving.first_words import FirstWords
from serving.headers import Headers
from serving.memory import keep_little
from serving.rules import LOOPBACK
from serving.wanted import Wanted

HERE = Path(__file__).parent


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Do before the first viewer what the first viewer would have to wait for."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pydeck  # noqa: F401
    from streamlit.runtime.pages_manager import PagesManager

    from data.maps import warm as outlines
    from data.store import StoreProblem

    # Streamlit takes a folder called pages/ for its old kind of app until st.navigation has run once, and answers the
    # first deep link with "Page not found".
    PagesManager.uses_pages_directory = False
    keep_little()
    say_who_is_served()
    say_who_reads_secrets()
    with suppress(StoreProblem):  # app.py says in words what is wrong
        store = session.whole_store()
        Thread(target=outlines.warm, args=[store], name="outlines", daemon=True).start()
    gc.collect()
    gc.freeze()
    yield


def say_who_is_served() -> None:
    """Tell whoever starts the server what will keep people out."""
    settings, address = configuration.read(), st.get_option("server.address") or "0.0.0.0"
    if settings.fault:
        logging.getLogger("hengxiao").error("登录配置有误，任何人都不能登录：%s", settings.fault)
    elif not settings.configured and address not in LOOPBACK:
        logging.getLogger("hengxiao").warning(
            "未配置登录而监听 %s：只为本机提供服务，其他计算机的访问一律拒绝。配置办法见 docs/sign-in.md。", address
        )


def say_who_reads_secrets() -> None:
    """Tell whoever starts the server of a secrets.toml that is no secret on this machine."""
    for path in configuration.open_to_all():
        logging.getLogger("hengxiao").warning(
            "登录配置 %s 含有密钥，现在本机所有账户都能读取。请执行 chmod o-r %s，只让运行本系统的账户可读。",
            path, shlex.quote(str(path)),
        )  # fmt: skip


def first_page(request: Request) -> RedirectResponse:
    """Streamlit serves the first page at the empty address only; whoever types its name gets there too."""
    return RedirectResponse(str(request.url.replace(path="/")))


app = st.App(
    HERE / "app.py",
    lifespan=warm,
    routes=[Route(f"/{PAGES[0].url}", first_page)],
    middleware=[
        Middleware(Headers), Middleware(Door, store=session.whole_store), Middleware(Wanted), Middleware(FirstWords),
    ],
)
