"""The list of persons, each with duties in words, and the dialogs that enrol, change and retire one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from components import session
from components.access import configuration, duties_view, duty_fields
from components.follow import follow_dialogs as dialogs
from components.tables import bold
from components.text import escape, searched
from data.access import MEANINGS, ROLES, Person
from data.store import PersonRow
from data.store.people import everywhere, normal

_MANY = 8
"""More persons than this and a field to find one is offered."""


def standing(viewer: Person, people: Sequence[PersonRow]) -> None:
    """What an administrator should know first: no sign-in configured, nobody enrolled, or only one who administers."""
    managers = [each for each in people if everywhere(each.duties)]
    if viewer.local:
        st.info(
            "尚未配置登录：现在人人都可办理一切，下面的登记要到配置登录后才起作用。可以先登记好人员，再按 docs/sign-in.md 配置登录。",
            icon=":material/no_accounts:",
        )  # fmt: skip
    elif not managers:
        st.warning(
            "还没有登记管理人员，目前凭启动设置（admins 或 HENGXIAO_ADMINS）进入。"
            "请先登记至少两位在全部年度考核承担“管理”的人员（可含本人），再从设置中移除。",
            icon=":material/manage_accounts:",
        )  # fmt: skip
    elif len(managers) == 1:
        st.caption(f"只有{escape(managers[0].name)}一人承担“管理”。本人的分工须由另一位管理人员更改，建议再登记一位。")


def listing(people: Sequence[PersonRow], last_seen: Mapping[str, datetime]) -> None:
    """Every account in use."""
    st.subheader(f"在用人员（{len(people)}人）", anchor=False)
    if not people:
        st.markdown("还没有登记人员。点“登记人员”，填写统一身份平台的账号和姓名，选择角色和范围。")
        return
    assessments, components = duties_view.names()
    for each in _found(people):
        with st.container(border=True, key=f"person-{each.number}"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                with st.container(width="content", gap="xsmall"):
                    st.markdown(f"{bold(each.name)}　{escape(each.account)}")
                    st.caption(escape(_told(each, last_seen.get(each.account))))
                _buttons(each)
            duties_view.told(each.duties, assessments, components)


def _found(people: Sequence[PersonRow]) -> list[PersonRow]:
    if len(people) <= _MANY:
        return list(people)
    wanted = searched(st.text_input("查找", key="person-find", placeholder="姓名或账号", width=220, live=True) or "")
    return [each for each in people if wanted in searched(each.name + each.account)]


def _told(each: PersonRow, seen: datetime | None) -> str:
    note = f"，{each.note}" if each.note else ""
    used = f"最近使用：{session.local(seen)}" if seen else "近期没有登录"
    return f"{session.local(each.at)}由{each.actor}{'登记' if each.revision == 1 else '更改'}{note}；{used}"


def _buttons(each: PersonRow) -> None:
    own = normal(session.store().person.account) == each.account
    with st.container(horizontal=True, width="content"):
        st.button("更改", icon=":material/edit:", key=f"person-edit-{each.number}", disabled=own,
                  help="本人的分工须由另一位管理人员更改" if own else None,
                  on_click=dialogs.open_dialog, args=("person-edit", each))  # fmt: skip
        st.button("停用", icon=":material/person_off:", key=f"person-retire-{each.number}", disabled=own,
                  on_click=dialogs.open_dialog, args=("person-retire", each))  # fmt: skip


def roles() -> None:
    """What each 角色 may do."""
    with st.expander("各角色可以办理什么", icon=":material/help:"):
        st.markdown("\n".join(f"- **\u2060{word}\u2060**：{MEANINGS[role]}" for role, word in ROLES.items()))
        st.caption(
            "一人可有多项分工，可限于某一年度考核；“填报”还可限定考核对象和考核方式。承担“填报”的人员，在该考核全部评分表锁定之前，"
            "看不到得分、等次和位次，即使兼有其他角色。不在分工之内的年度考核不会列出。"
        )
        if admins := configuration.read().admins:
            st.caption(escape(f"启动设置（admins 或 HENGXIAO_ADMINS）中的账号始终承担“管理”：{'、'.join(sorted(admins))}。"))


def open_dialog() -> None:
    """The dialog that is open, if any is."""
    match dialogs.opened():
        case ("person-new", _):
            dialogs.show("登记人员", ":material/person_add:", _enrol)
        case ("person-edit", (PersonRow() as row,)):
            dialogs.show("更改人员", ":material/edit:", _change, row)
        case ("person-retire", (PersonRow() as row,)):
            dialogs.show("停用人员", ":material/person_off:", _retire, row)


def _enrol() -> None:
    with st.container(horizontal=True):
        account = st.text_input("账号", key=dialogs.key("account"), max_chars=200, live=True,
                                help="统一身份平台的登录账号，须与登录后“没有分工”页所示一致")  # fmt: skip
        name = st.text_input("姓名", key=dialogs.key("name"), max_chars=60, live=True, help="记入操作日志的名字")
    duties = duty_fields.fields(())
    note = st.text_input("说明", key=dialogs.key("note"), max_chars=200, placeholder="如：考核办 经办", live=True)
    if st.button("登记", type="primary", key="person-enrol"):
        dialogs.save(
            lambda: session.store().enrol_person(account or "", name or "", duties, note or "", session.actor()),
            f"已登记{(name or '').strip()}。",
        )  # fmt: skip


def _change(row: PersonRow) -> None:
    st.markdown(f"账号 {bold(row.account)}")
    name = st.text_input("姓名", row.name, key=dialogs.key("name"), max_chars=60, live=True)
    duties = duty_fields.fields(row.duties)
    note = st.text_input("更改理由", key=dialogs.key("note"), max_chars=200, live=True)
    if st.button("保存更改", type="primary", key="person-change"):
        dialogs.save(
            lambda: session.store().change_person(row.number, row.revision, name or "", duties, note or "", session.actor()),
            f"已更改{(name or '').strip()}的登记，从其下一步操作起生效。",
        )  # fmt: skip


def _retire(row: PersonRow) -> None:
    st.markdown(f"停用 {bold(row.name)}（{escape(row.account)}）：从其下一步操作起不能再查看或办理任何内容。以往记录照常保留。")
    reason = st.text_input("停用理由", key=dialogs.key("reason"), max_chars=200, placeholder="如：调离", live=True)
    if st.button("停用", type="primary", key="person-retire"):
        dialogs.save(
            lambda: session.store().retire_person(row.number, row.revision, session.actor(), reason or ""),
            f"已停用{row.name}的账号。",
        )  # fmt: skip
