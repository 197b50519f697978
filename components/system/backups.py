"""备份 and 核验 on screen: the button, what it made, which backups there are, and whether all that is kept is as it was."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape
from data.command_line import where
from data.store import StoreProblem
from data.store.backup import backup_folder, backups_in
from data.store.opening import restore_line
from data.verify import verify

_SHOWN = 10
_ICONS = {"fine": ":material/check_circle:", "note": ":material/info:", "bad": ":material/error:"}


def section(actor: str) -> None:
    """Make a backup, and see those there are."""
    st.subheader("备份", anchor=False)
    st.caption("备份含全部年度考核、评分表、原始文件和操作日志，为同一时刻的数据；备份时其他人照常使用。生成后逐表读回核对，核对一致才算成。")
    if st.button("立即备份", icon=":material/backup:", type="primary", key="back-up"):
        _make(actor)
    _told()
    _listed()


def _make(actor: str) -> None:
    try:
        with st.spinner("正在备份并读回核对…"):
            made = session.store().back_up(None, actor)
    except StoreProblem as problem:
        session.complain(problem)
        return
    counts = made.manifest
    told = (
        f"已备份为 {made.path.name}（{made.size / 1024:,.0f} KB）：年度考核{counts.count('assessment')}个、"
        f"评分表{counts.count('submission')}份、原始文件{counts.count('original')}份，已读回核对。"
    )
    st.session_state["backup-told"] = (told, made.unlogged)


def _told() -> None:
    told, unlogged = st.session_state.pop("backup-told", ("", ""))
    if told:
        st.success(escape(told), icon=":material/check_circle:")
    if unlogged:
        st.warning(escape(f"备份已完成，但未能记入操作日志：{unlogged}"), icon=":material/warning:")


def _listed() -> None:
    found = backups_in(backup_folder())
    if not found:
        st.info("备份文件夹中还没有备份。", icon=":material/inventory_2:")
        return
    rows = [{"时间": session.local(one.made_at), "文件": one.path.name, "大小": f"{one.size / 1024:,.0f} KB"} for one in found[:_SHOWN]]
    more = f"，列出最新的{_SHOWN}份" if len(found) > _SHOWN else ""
    st.caption(escape(f"现有备份{len(found)}份{more}，在本机 {backup_folder()}。请定期复制到另一台机器或移动硬盘。"))
    st.table(rows, hide_index=True)
    with st.expander("怎样恢复", icon=":material/settings_backup_restore:", key="how-to-restore"):
        st.markdown(escape(f"停止衡效，执行下面这一行，然后重新启动；原有的数据库文件改名留存，不会删除。{where()}"))
        st.code(restore_line(str(found[0].path)), language="bash", wrap_lines=True)


def verification() -> None:
    """Prove all that is kept, on demand: it reads every row."""
    st.subheader("核验", anchor=False)
    st.caption("逐项核对：数据库结构、操作日志、原始文件、每份评分表的分值、情形、名单、各版次、每个锁定版。数据多时需要几分钟。")
    if not st.button("核验全部数据", icon=":material/verified_user:", key="verify-all"):
        return
    with st.status("正在核验…", expanded=True) as status:
        found = verify(session.whole_store(), lambda what: status.update(label=f"正在核验{what}…"))
        wrong = sum(one.weight == "bad" for one in found)
        for one in sorted(found, key=lambda one: ("bad", "note", "fine").index(one.weight)):
            st.markdown(f"{_ICONS[one.weight]} {escape(one.words)}")
        label = f"发现{wrong}处问题" if wrong else "核验完毕，没有发现问题"
        status.update(label=label, state="error" if wrong else "complete")
