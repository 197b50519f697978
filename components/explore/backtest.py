"""回测与同比 for one viewer: what is compared with what, and whether names are shown. Nothing here changes a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components import session
from components.access import permit
from components.drop_zone import drop_zone
from components.explore import naming
from components.one_file import read_once
from components.text import escape, escaped_lines
from data import backtests
from data.demo.last_year import LAST_YEAR, load_last_year
from data.naming import aliases
from data.scheme_file import read_scheme_file
from data.state import State
from data.store import StoreProblem
from data.unit_changes import UnitChange, kin_of
from scoring.backtest import backtest, compare
from scoring.compared import Comparison, Kin
from scoring.crosswalk import Crosswalk
from scoring.matching import same_names
from scoring.scheme import Scheme
from scoring.scheme_text import SchemeError

YEARLY, TEST = "同比", "回测"
OWN, UPLOADED = "this", "file"
MODE, BASE, RULES, GROUP, OLD_GROUP = (f"backtest-{name}" for name in ("mode", "base", "rules", "group", "old-group"))


@dataclass(frozen=True)
class Setup:
    """What the viewer chose: whose marks (``base``), by which rules, for which groups, and what stands for what."""

    mode: str
    state: State
    base: State
    rules: Scheme
    old_group: str
    group: str
    walk: Crosswalk
    confirmed: bool
    changes: tuple[UnitChange, ...]
    old_units: tuple[str, ...]
    new_units: tuple[str, ...]

    @property
    def key(self) -> str:
        """Where the correspondence is kept."""
        return backtests.match_key(self.base.assessment.id, self.old_group, self.rules, self.group)

    @property
    def kin(self) -> list[Kin]:
        """Who goes on from whom."""
        return kin_of(self.changes, self.old_units, self.new_units)

    @property
    def hidden(self) -> bool:
        """Whether names must be asked for: rules must not be chosen by names (回测 on marks that are not an earlier year's)."""
        was, now = backtests.year_of(self.base.scheme), backtests.year_of(self.rules)
        earlier = was is not None and now is not None and was < now
        return self.mode == TEST and not earlier and not naming.named(self.base)

    def names(self, found: Comparison) -> dict[str, str]:
        """Unit → what it is called on this page. Hidden, a unit without last year's data is left out: that would name it."""
        units = [unit.unit for unit in found.units if unit.kin.before or not self.hidden]
        return aliases(units, f"{self.base.assessment.id}-{self.group}") if self.hidden else {unit: unit for unit in units}


def choose(state: State) -> Setup | None:
    """Draw what can be chosen; None, with why, while there is nothing to compare."""
    st.segmented_control(
        "比较方式", [YEARLY, TEST], key=MODE, required=True, default=YEARLY, label_visibility="collapsed",
        help="同比：上年与本年各按各的方案，分出变化的来源。回测：上年评分按另一方案重新测算。",
    )  # fmt: skip
    mode = str(st.session_state.get(MODE) or YEARLY)
    others = _bases(state, mode)
    if not others:
        _nothing(state)
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = _box("上年考核" if mode == YEARLY else "用哪次评分", others, BASE, lambda one: _base_name(state, others[one]))
        rules = state.scheme if mode == YEARLY else _rules(state)
        if rules is None:
            return None
        group = _group("组别", rules, GROUP)
        old = others[base]
        old_group = _group("上年组别", old.scheme, OLD_GROUP, backtests.likely_group(old.scheme, rules, group))
    _demo_button(state)
    return _setup(mode, state, old, rules, old_group, group)


def _setup(mode: str, state: State, base: State, rules: Scheme, old_group: str, group: str) -> Setup:
    key = backtests.match_key(base.assessment.id, old_group, rules, group)
    settings = session.store().settings(state.assessment.id)
    walk, confirmed = backtests.kept_walk(settings, key, base.scheme, old_group, rules, group)
    before = backtests.roster_of(base, old_group)
    now = backtests.roster_of(state, group) if rules is state.scheme else backtests.units_of(rules, group)
    changes = backtests.kept_changes(settings, base.assessment.id)
    joined = any(kin.before for kin in kin_of(changes, before, now))
    units = tuple(now if joined or mode == YEARLY else before)
    return Setup(mode, state, base, rules, old_group, group, walk, confirmed, changes if joined else (), tuple(before), units)


def _bases(state: State, mode: str) -> dict[int, State]:
    """Assessments whose marks can be compared, the likeliest first: of an earlier year, with most items in common."""
    opened = [session.readable(one.id) for one in session.assessments()]
    usable = [one for one in opened if one and not one.scheme.judged and one.scheme.status == "whole"]
    if mode == YEARLY:
        usable = [one for one in usable if one.assessment.id != state.assessment.id and _may_be_earlier(one, state)]
    usable.sort(key=lambda one: _likelihood(state, one), reverse=True)
    return {one.assessment.id: one for one in usable}


def earlier_setup(state: State, group: str) -> Setup | None:
    """The year before with what of it stands for this scheme's, unasked: the likeliest assessment of an earlier year.

    Only one from which some unit of the group goes on: a county's marks are no earlier year of its towns.
    """
    for base in _bases(state, YEARLY).values():
        if not _likelihood(state, base)[0]:
            return None
        old_group = backtests.likely_group(base.scheme, state.scheme, group)
        setup = _setup(YEARLY, state, base, state.scheme, old_group, group)
        if any(len(each.before) == 1 for each in setup.kin):
            return setup
    return None


def _may_be_earlier(one: State, state: State) -> bool:
    """Whether it assesses an earlier year, as far as its scheme tells: another table of the same year is no 上年."""
    was, now = backtests.year_of(one.scheme), backtests.year_of(state.scheme)
    return was is None or now is None or was < now


def _likelihood(state: State, one: State) -> tuple[bool, int, int]:
    was, now = backtests.year_of(one.scheme), backtests.year_of(state.scheme)
    group = state.scheme.marked_groups[0].id
    rows = one.scheme.indicators_of(backtests.likely_group(one.scheme, state.scheme, group))
    common = len(same_names(rows, state.scheme.indicators_of(group)))
    earlier = was is not None and now is not None and was < now
    return earlier and common > 0, common, was or 0


def _base_name(state: State, one: State) -> str:
    return f"{one.assessment.name}（本考核自身）" if one.assessment.id == state.assessment.id else one.assessment.name


def _box(label: str, options: dict, key: str, name: Callable) -> int:
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    st.selectbox(label, list(options), format_func=name, key=key, width=330)
    return int(st.session_state[key])


def _group(label: str, rules: Scheme, key: str, likely: str = "") -> str:
    """A group whose units are marked; asked only where there are several."""
    names = {group.id: group.name for group in rules.marked_groups}
    if len(names) == 1:
        return next(iter(names))
    own = f"{key}-{rules.id}-{likely}"
    if st.session_state.get(own) not in names:
        st.session_state[own] = likely or next(iter(names))
    st.selectbox(label, list(names), format_func=names.__getitem__, key=own, width=240)
    return str(st.session_state[own])


def _rules(state: State) -> Scheme | None:
    """The scheme to test by: this assessment's with its readings, an own one, a built-in one, or a file's."""
    offers = backtests.offers(session.store())
    names = {OWN: "本考核的方案（含已确认的口径）", **{k: offer.name for k, offer in offers.items()}, UPLOADED: "上传方案文件（YAML）"}
    if st.session_state.get(RULES) not in names:
        st.session_state[RULES] = OWN
    st.selectbox("按什么方案", list(names), format_func=names.__getitem__, key=RULES, width=330)
    chosen = str(st.session_state[RULES])
    if chosen == OWN:
        return state.scheme
    if chosen == UPLOADED:
        return _uploaded()
    offer = offers[chosen]
    if offer.scheme is None:
        _refused(offer.name, offer.problem)
    return offer.scheme


def _uploaded() -> Scheme | None:
    dropped = drop_zone("选取或拖入方案文件", "backtest-file", only="backtest")
    if not dropped:
        st.caption("方案文件为YAML，写法见“方案与口径”页；可先从那里下载一份再改。")
        return None
    name, content = dropped[0].name, dropped[0].getvalue()
    try:
        rules = read_once("backtest-file-read", content, "正在读取方案…", lambda: read_scheme_file(name, content), name)
    except SchemeError as problem:
        _refused(name, str(problem))
        return None
    if rules.judged or rules.status != "whole":
        _refused(name, "这一方案由评议作出综合评价，或尚未启用计分，没有得分可以回测。")
        return None
    return rules


def _refused(name: str, why: str) -> None:
    st.error(escaped_lines(f"{name}不能用于回测：\n{why}"), icon=":material/error:")


def _nothing(state: State) -> None:
    noun = state.scheme.words.assessment
    st.info(f"还没有上年的{noun}可以比较。请先在“年度考核”新建上年{noun}，并上报上年评分。", icon=":material/history:")
    _demo_button(state)


def _demo_button(state: State) -> None:
    """The year before, invented, for who looks at the demonstration; never beside real data."""
    loaded = any(one.scheme_id == LAST_YEAR for one in session.assessments())
    if not state.assessment.demo or loaded or state.assessment.scheme_id != "jiangmen-2020-county":
        return
    if permit.button("新建考核", "载入上年示例数据", icon=":material/science:", key="backtest-demo"):
        try:
            with st.spinner("正在载入…"):
                load_last_year(session.store(), session.actor())
        except StoreProblem as problem:
            session.complain(problem)
            return
        st.rerun()


def found(setup: Setup) -> Comparison:
    """The comparison, worked out once for all viewers of the same versions. Raises MarksError."""
    told = (
        setup.mode, setup.base.assessment.id, setup.base.version, setup.state.assessment.id, setup.state.version,
        setup.rules.hash, setup.key, sorted(setup.walk.items), setup.walk, setup.kin,
    )  # fmt: skip
    return _found(repr(told), setup)


@st.cache_resource(show_spinner="正在测算…", max_entries=16)
def _found(key: str, _setup: Setup) -> Comparison:
    old = backtests.year(_setup.base, _setup.old_group)
    if _setup.mode == YEARLY:
        return compare(old, backtests.year(_setup.state, _setup.group), _setup.walk, _setup.kin)
    return backtest(old, _setup.rules, _setup.group, _setup.walk, _setup.kin)


def names_bar(setup: Setup) -> None:
    """Whether names are shown, with the switch, where the rules tried could favour somebody."""
    was, now = backtests.year_of(setup.base.scheme), backtests.year_of(setup.rules)
    if setup.mode != TEST or (was is not None and now is not None and was < now):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        naming.switch(setup.base)
    st.caption(escape("所用的不是上一年度的评分，为免方案按名称拟定，名称先行隐去；显示名称须说明理由，并记入操作日志。"))
