"""What is shown where the database cannot be used, or was touched: what is wrong, that nothing was changed, and the way out."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape, escaped_lines
from data.command_line import line, where
from data.store import StoreProblem
from data.store.backup import backup_folder, backups_in
from data.store.opening import WRITE_ANYWAY, Torn, restore_line

_SHOWN = 5


def cannot_open(problem: StoreProblem) -> None:
    """The whole page while the store cannot be opened."""
    st.title("数据库无法使用", anchor=False)
    st.error(escaped_lines(str(problem)), icon=":material/database_off:")
    st.markdown("**没有改动任何数据。** 其他人此时也不能上报或查看。")
    if isinstance(problem, Torn):
        way_out()


def touched(troubles: tuple[str, ...]) -> None:
    """Above every page where something in the database was touched: it may be read, nothing is taken."""
    if not troubles:
        return
    lines = ["数据可能被改动过，各页所列数字在核实之前请勿使用。", *troubles]
    st.error(escaped_lines("\n".join(lines)), icon=":material/gpp_maybe:")
    with st.expander("系统现为只读：怎样处理", icon=":material/build:", key="way-out"):
        way_out()
        st.markdown(
            escape(f"3. 确已查明原因、书面记录，并决定就用现有数据继续的，设环境变量 {WRITE_ANYWAY}=1 后重新启动。")
        )


def way_out() -> None:
    """The newest backups, and the line that restores the first of them."""
    found = backups_in(backup_folder())
    st.markdown(escape(f"以下命令都{where()}"))
    st.markdown("1. 停止衡效，把数据文件夹整个复制到别处留存备查；哪些内容有问题，可先这样查看：")
    st.code(line("verify"), language="bash", wrap_lines=True)
    if not found:
        st.markdown(escape(f"2. 在 {backup_folder()} 中没有找到备份。请从别处取来备份文件，再执行："))
        st.code(restore_line("备份文件"), language="bash", wrap_lines=True)
        return
    st.markdown("2. 用最近的备份恢复（原有文件改名留存，不会删除），然后重新启动：")
    st.code(restore_line(str(found[0].path)), language="bash", wrap_lines=True)
    rows = [
        {"备份": one.path.name, "时间": session.local(one.made_at), "大小": f"{one.size / 1024:,.0f} KB"} for one in found[:_SHOWN]
    ]
    st.caption(escape(f"现有备份{len(found)}份，新的在前；文件夹：{backup_folder()}"))
    st.table(rows, hide_index=True)
