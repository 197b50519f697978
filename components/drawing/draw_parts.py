"""What 抽签 and 抽样 share on screen: the seed, a list a whole room can read, the record of a draw, and doing it again."""

from __future__ import annotations

import html
import secrets
from collections.abc import Callable, Sequence

import streamlit as st

from components import session
from components.access import permit
from components.tables import bold
from components.text import escape
from data.documents import drawing_sheet
from data.documents.file_names import safe
from data.drawing import Json, plan_of
from data.log_text import tame
from data.state import State
from data.store import Drawing, StoreProblem
from scoring.draws import DrawError, Plan
from scoring.lots import LONGEST, SeedError, tidy
from scoring.sampling import SampleError

STANDING = {"current": "有效", "replaced": "已被重抽取代", "withdrawn": "已作废"}
_BADGES = {
    "current": (":material/verified:", "green"),
    "replaced": (":material/history:", "orange"),
    "withdrawn": (":material/block:", "gray"),
}
FAIR = (
    "种子决定结果：同一种子在任何机器上重做，结果都相同。事先定好的种子可以事先试算，为公开起见，"
    "宜由各代表当场各报一个数，依次键入，当众抽取。"
)
_LARGE = """
<ol class="drawn" style="list-style:none;margin:0;padding:0;font-size:clamp(1.1rem,1.75vw,2.3rem);line-height:1.35;
 columns:{columns} {width}em;column-gap:2em">{rows}</ol>
"""
_ROW = (
    '<li style="padding:.4em 0;border-bottom:1px solid rgba(128,128,128,.35);overflow-wrap:anywhere;break-inside:avoid">'
    '<span style="opacity:.8">{left}</span> <span aria-hidden="true">→</span> {verb} <strong>{right}</strong></li>'
)


def large(rows: Sequence[tuple[str, str]], verb: str, width: int = 15) -> None:
    """A list that the last row of a meeting room can read: no option of Streamlit sets letters this size.

    ``width``: letters a line needs; where the window has room for two such columns there are two, read downwards.
    """
    lines = "".join(
        _ROW.format(left=html.escape(left), verb=html.escape(verb), right=html.escape(right)) for left, right in rows
    )
    st.html(_LARGE.format(rows=lines, width=width, columns=2))


def large_names(names: Sequence[str]) -> None:
    """Names in letters as large, side by side."""
    lines = "".join(f'<li style="padding:.15em 0"><strong>{html.escape(name)}</strong></li>' for name in names)
    st.html(_LARGE.format(rows=lines, width=9, columns=5))


def seed_field(key: str) -> str:
    """The field for the seed, with one made here from the clock and chance until somebody types another."""
    held = f"seed-{key}"
    st.session_state.setdefault(held, fresh_seed())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input("种子", key=held, max_chars=LONGEST, live=True, width=380,
                              placeholder="键入代表报出的数，如 3 17 22 8 41 9 30", icon=":material/tag:")  # fmt: skip
        st.button("另取一个", key=f"again-{key}", icon=":material/casino:", on_click=_renew, args=[held],
                  help="由程序按时刻和随机数另给一个种子")  # fmt: skip
    st.caption(FAIR)
    return typed or ""


def fresh_seed() -> str:
    """The moment and eight digits of chance: "20201125-093107-48213907"."""
    return f"{session.now():%Y%m%d-%H%M%S}-{secrets.randbelow(10**8):08d}"


def _renew(held: str) -> None:
    st.session_state[held] = fresh_seed()


def reason_field(key: str, before: Sequence[Drawing]) -> str | None:
    """Where the same was drawn before: the reason for drawing again. None while it is needed and missing."""
    if not before:
        return ""
    st.warning(
        f"此项已抽过{len(before)}次。再抽须写明理由；以前各次结果和种子不会删除，仍列在下面的抽取记录中，任何人都能看到。",
        icon=":material/history:",
    )
    given = (st.text_input("重抽理由", key=f"reason-{key}", max_chars=200, live=True) or "").strip()
    return given or None


def attempt(do: Callable[[], Drawing], key: str) -> None:
    """Draw and keep it; what was refused is said in its own words."""
    try:
        made = do()
    except (DrawError, SampleError, SeedError) as problem:
        st.error(escape(str(problem)), icon=":material/error:")
        return
    except StoreProblem as problem:
        session.complain(problem)
        return
    for name in (f"seed-{key}", f"reason-{key}"):
        st.session_state.pop(name, None)
    st.session_state["drawn-now"] = made.id
    session.refresh()


def record_line(drawing: Drawing) -> None:
    """How it stands, its seed, who and when."""
    icon, color = _BADGES[drawing.state]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(STANDING[drawing.state], icon=icon, color=color)  # type: ignore[arg-type]
        st.markdown(f"种子 {bold(drawing.seed)}", width="content")
        st.caption(escape(f"{drawing.actor}，{moment(drawing)}"), width="content")
    if drawing.reason:
        st.caption(f"重抽理由：{escape(drawing.reason)}")


def moment(drawing: Drawing) -> str:
    """When it was drawn, to the second: "2020年11月25日 09:31:07（北京时间）"."""
    return f"{drawing.at.astimezone(session.BEIJING):%Y年%m月%d日 %H:%M:%S}（北京时间）"


def actions(
    state: State,
    drawing: Drawing,
    actor: str,
    again: Callable[[], Json] | None,
    first: Callable[[], None] = lambda: None,
) -> None:
    """Download, do it again from the seed and compare, and (for one that counts) withdraw; before them ``first``."""
    with st.container(horizontal=True):
        first()
        st.download_button(
            "下载结果表", lambda: drawing_sheet.to_xlsx(state, drawing, moment(drawing)), safe(_file_name(drawing)),
            icon=":material/download:", key=f"sheet-{drawing.id}", on_click="ignore",
        )  # fmt: skip
        if again is not None and st.button(
            "用此种子重做核对", icon=":material/fact_check:", key=f"verify-{drawing.id}"
        ):
            st.session_state["verified"] = (drawing.id, *compare(drawing, again))
        if drawing.state == "current":
            with st.popover("作废", icon=":material/block:", key=f"void-{drawing.id}"):
                st.markdown("作废后结果仍留在抽取记录中；以后再抽，须写明理由。")
                reason = st.text_input("作废理由", key=f"void-reason-{drawing.id}", max_chars=200, live=True)
                if permit.button("作废", "确认作废", key=f"void-do-{drawing.id}", type="primary"):
                    _withdraw(drawing, actor, reason or "")
    verified(drawing)


def history(
    state: State,
    earlier: Sequence[Drawing],
    actor: str,
    told: Callable[[Drawing], Sequence[str]],
    again: Callable[[Drawing], Callable[[], Json] | None],
) -> None:
    """Every draw that does not count any more: its record, what was drawn (``told``, Markdown), and doing it again."""
    if not earlier:
        return
    with st.expander(f"抽取记录：以前各次（{len(earlier)}）", icon=":material/history:"):
        for one in earlier:
            with st.container(border=True, gap="xsmall"):
                record_line(one)
                for line in told(one):
                    st.markdown(line)
                actions(state, one, actor, again(one))


def compare(drawing: Drawing, again: Callable[[], Json]) -> tuple[bool, str]:
    """Whether the recorded seed gives the recorded result, and the words for it."""
    try:
        same = again() == drawing.result
    except (DrawError, SampleError, SeedError) as problem:
        return False, str(problem)
    if same:
        return True, f"已用种子“{drawing.seed}”重做一遍，结果与记录逐项相同。"
    return False, "重做的结果与记录不同：记录可能被改动过。请停止使用，保留数据库文件，并在“操作日志”校验日志。"


def verified(drawing: Drawing) -> None:
    """What the last comparison of this draw came to."""
    of, right, words = st.session_state.get("verified", (None, False, ""))
    if of == drawing.id:
        (st.success if right else st.error)(
            escape(words), icon=":material/verified:" if right else ":material/gpp_bad:"
        )


def method(drawing: Drawing) -> None:
    """How it was drawn, whole enough to do it again with other means."""
    with st.expander("抽取方法与核对", icon=":material/functions:"):
        st.markdown(escape(drawing_sheet.method(drawing)))
        if drawing.kind == "draw" and plain(plan_of(drawing.inputs)):
            st.markdown("考核对象名单与方案所列相同时，也可在任何一台装有本程序的机器上核对：")
            st.code(f'python cli.py draw --scheme {drawing.inputs["scheme"]} --seed "{drawing.seed}"', language=None)


def plain(chosen: Plan) -> bool:
    """Whether the command line draws just so: nobody registered avoidances, and no group was named by hand."""
    return not any(chosen.away) and chosen.extra_by != ("none" if chosen.extra else "hand") and not chosen.by_hand


def _withdraw(drawing: Drawing, actor: str, reason: str) -> None:
    try:
        session.store().withdraw_drawing(drawing.id, actor, reason)
    except StoreProblem as problem:
        session.complain(problem)
        return
    session.refresh()


def _file_name(drawing: Drawing) -> str:
    what = "抽签结果表" if drawing.kind == "draw" else "抽样结果表"
    seed = "".join(char if char.isalnum() or char == "-" else "_" for char in tame(tidy(drawing.seed)))[:40]
    return f"{what}_{seed}.xlsx"


@st.fragment(run_every=session.LIVE, key="draw-watch")
def watch(assessment_id: int, drawn: tuple[tuple[int, str], ...]) -> None:
    """Draw the page anew once anybody has drawn or withdrawn: a draw moves no result, so no version."""
    try:
        moved = standing_of(session.store().drawings(assessment_id)) != drawn
    except StoreProblem as problem:
        st.caption(escape(str(problem)))
        return
    if moved:
        st.rerun()


def standing_of(drawings: Sequence[Drawing]) -> tuple[tuple[int, str], ...]:
    """Which draws there are and how each stands."""
    return tuple((drawing.id, drawing.state) for drawing in drawings)
