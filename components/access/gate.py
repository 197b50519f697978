"""What a viewer without duties sees: the way to sign in, or whom to ask. Nothing of any assessment."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from components import session
from components.access import activity, configuration, identity
from components.text import escape
from data.access import Person
from data.store import ENDINGS, StoreProblem

_ASK = "请联系本单位的系统管理员"


def sign_in() -> None:
    """The page of whoever has not signed in, or whose sign-in has ended: why, where there is a reason, and one button."""
    settings = configuration.read()
    with _middle():
        st.title("衡效", anchor=False)
        st.markdown("考核测算与分析系统。请用本单位的统一身份账号登录。")
        if fault := settings.fault or _unbounded():
            st.error(escape(f"暂时无法登录：{fault}请联系系统管理员，配置办法见 docs/sign-in.md。"), icon=":material/error:")
            return
        if told := _ended(settings.account_claim):
            st.info(escape(told), icon=":material/lock_clock:")
        if _unusable(settings.account_claim):
            st.error(escape(f"身份平台没有给出可用的账号（{_claims(settings.account_claim)}），无法确认您是谁。{_ASK}。"),
                     icon=":material/error:")  # fmt: skip
        if st.button("登录", type="primary", icon=":material/login:", key="sign-in", width=200):
            st.login(settings.provider)
        st.caption("内部系统，登录和操作均有记录。用后请退出登录。")


def without_duties(viewer: Person) -> None:
    """The page of an account that has signed in and has no duties (any more)."""
    with _middle():
        st.title("没有分工", anchor=False)
        st.markdown(
            f"您已登录为**\u2060{escape(viewer.name)}\u2060**，账号 {escape(viewer.account)}，"
            "但这个账号在本系统没有分工，不能查看或办理任何内容。"
        )
        st.markdown(f"需要使用的，{_ASK}（承担“管理”角色的人员），告知上面的账号，由其在“人员与权限”登记。登记后刷新本页即可。")
        leave_button()


def leave_button() -> None:
    """退出登录."""
    if st.button("退出登录", icon=":material/logout:", key="leave"):
        st.logout()


def _middle() -> st.delta_generator.DeltaGenerator:
    with st.container(horizontal_alignment="center"):
        return st.container(width=520, border=True)


def _unbounded() -> str:
    if activity.listening():
        return ""
    return "本次没有用 server.py 启动，既不能登录，也不向其他计算机提供服务。请改用 make run 或 streamlit run server.py 启动。"


def _ended(claim: str) -> str:
    """Why the sign-in that this browser still carries has ended; empty where it carries none."""
    who = identity.of(st.user.to_dict(), claim)
    if who is None:
        return ""
    try:
        record = session.whole_store().sign_in(who.key)
    except StoreProblem as problem:
        return str(problem)
    if record is None or not record.why:
        return f"登录已失效（{_now()}），请重新登录。"
    return f"上次登录已结束：{ENDINGS[record.why]}（{session.local(record.ended or record.seen)}）。请重新登录。"


def _now() -> str:
    return session.local(datetime.now(UTC))


def _unusable(claim: str) -> bool:
    told = st.user.to_dict()
    return told.get("is_logged_in") is True and identity.of(told, claim) is None


def _claims(claim: str) -> str:
    return claim or "preferred_username、已验证的 email 或 sub"
