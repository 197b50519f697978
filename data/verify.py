"""All that is kept, proved at leisure: pages and references, the log's chain, each uploaded file, each mark, each version.

At a start ``data.store.health`` looks only at what is quick. Here every row that a figure rests on is held to what proves it:
files to their SHA-256, marks to the hash that the log kept when they were handed in, 提交, 复核, facts, 申请 and 人员 to what the
log said of them, choices and states by walking back to the first version, schemes to their hash, 锁定版 to their fingerprint. Nothing is
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from data.locked.fingerprint import fingerprint
from data.state import State, UnfitError, load_state, load_state_at
from data.store import STAGES, Assessment, LogEntry, Store, StoreProblem
from data.store.assessments import roster_hash
from data.store.imports import BROUGHT_BY
from data.verify_persons import asked, enrolled
from scoring.gather import MarksError
from scoring.load import load_scheme
from scoring.scheme_text import SchemeError

Weight = Literal["fine", "note", "bad"]
Progress = Callable[[str], None]
_MEND = "请停止使用，保留现有数据备查，用最近的备份恢复。"
_EVERY = 1_000_000_000
_FILLED = ("filled", None, None)
_BACK = ("退回评分表", "同意解锁评分表", "恢复")
"""What the log calls that by which a sheet is at 填报 again."""


@dataclass(frozen=True)
class Verdict:
    """What one check found, in Chinese. ``note``: nothing is wrong, but something could not be proved."""

    weight: Weight
    words: str


def verify(store: Store, progress: Progress | None = None) -> tuple[Verdict, ...]:
    """Every check over everything kept, in the order a reader would ask. Never raises for what is wrong with the data."""
    found: list[Verdict] = []
    for name, check in (("数据库结构", _database), ("操作日志", _log), ("原始文件", _originals), ("人员", _persons)):
        if progress:
            progress(name)
        found += _told(name, lambda check=check: check(store))  # type: ignore[misc]
    if any(one.weight == "bad" for one in found[:1]):
        return tuple(found)  # what is read from torn pages proves nothing
    for each in _listed(store, found):
        if progress:
            progress(each.name)
        found += _told(f"《{each.name}》", lambda each=each: _assessment(store, each))  # type: ignore[misc]
    return tuple(found)


def _told(name: str, check: Callable[[], Iterator[Verdict]]) -> list[Verdict]:
    try:
        return list(check())
    except (StoreProblem, ValueError, KeyError, TypeError, ArithmeticError) as problem:
        why = str(problem) if isinstance(problem, StoreProblem) else "内容无法识别。"
        return [Verdict("bad", f"{name}：无法核验。{why}{'' if '备份' in why else _MEND}")]


def _listed(store: Store, found: list[Verdict]) -> list[Assessment]:
    try:
        return store.assessments()
    except (StoreProblem, ValueError, TypeError) as problem:
        found.append(Verdict("bad", f"年度考核：无法读取。{problem}"))
        return []


def _database(store: Store) -> Iterator[Verdict]:
    health = store.health(thorough=True)
    yield from (Verdict("bad", trouble.words) for trouble in health.troubles)
    if health.well:
        yield Verdict("fine", "数据库结构完好。")


def _log(store: Store) -> Iterator[Verdict]:
    broken = store.verify_log()
    if broken:
        yield Verdict("bad", f"操作日志自第{broken.seq}条起与校验值不符，可能被改动或缺失。{_MEND}")
    else:
        newest = store.log(limit=1)
        yield Verdict("fine", f"操作日志{newest[0].seq if newest else 0}条，逐条相连。")


def _originals(store: Store) -> Iterator[Verdict]:
    count, wrong = store.wrong_originals()
    for name in wrong:
        yield Verdict("bad", f"原始文件《{name}》与上报时的校验值不一致，可能已损坏或被改动。{_MEND}")
    if not wrong:
        yield Verdict("fine", f"原始文件{count}份，校验值全部相符。")


def _persons(store: Store) -> Iterator[Verdict]:
    wrong, count, unproved = enrolled(store)
    yield from (Verdict("bad", f"{words}{_MEND}") for words in wrong)
    if unproved:
        yield Verdict("note", f"人员：{unproved}次登记由旧版程序记录，日志没有可核对的分工，请在“人员与权限”人工核对。")
    if count and not wrong:
        yield Verdict("fine", f"人员登记{count}次，账号和分工与操作日志一致。")


def _assessment(store: Store, each: Assessment) -> Iterator[Verdict]:
    name = f"《{each.name}》"
    entries = list(reversed(store.log(each.id, limit=_EVERY)))
    wrong = [*_scheme(each, entries), *_roster(each, entries), *_sheets(store, each, entries), *_stages(store, each, entries)]
    wrong += [*_facts(store, each, entries), *asked(store, each, entries)]
    yield from (Verdict("bad", f"{name}：{words}{_MEND}") for words in wrong)
    unproved = sum("marks" not in sheet for entry in entries for sheet in _taken(entry))
    if unproved:
        yield Verdict("note", f"{name}：{unproved}份评分表由旧版程序收入，日志没有记分值的校验值，只能与原始文件人工核对。")
    yield from _versions(store, each)
    yield from _locks(store, each)
    state = _scored(lambda: load_state(store, each.id))
    if isinstance(state, str):
        yield Verdict("bad", f"{name}：无法计分。{state}")
    elif not wrong:
        yield Verdict("fine", f"{name}：评分表{len(state.submissions)}份、情形{len(state.facts)}条与操作日志一致，可以计分。")


def _scheme(each: Assessment, entries: list[LogEntry]) -> Iterator[str]:
    try:
        found = load_scheme(each.scheme_text, each.scheme_id).hash
    except SchemeError:
        found = ""
    made = [entry.details.get("scheme_hash") for entry in entries if entry.version == 1 and "scheme_hash" in entry.details]
    told = made[0] if made else each.scheme_hash
    if each.scheme_hash != told:
        yield "方案与建立时所记的校验值不一致，可能被改动。"
    elif found != told:
        yield "方案文字与其校验值不一致：或被改动，或由其他版本的程序建立。"


def _roster(each: Assessment, entries: list[LogEntry]) -> Iterator[str]:
    logged = [entry.details["roster"] for entry in entries if "roster" in entry.details]
    if logged and roster_hash(each.units) != logged[-1]:
        yield "考核对象名单与操作日志所记的校验值不一致，可能被改动。"


def _sheets(store: Store, each: Assessment, entries: list[LogEntry]) -> Iterator[str]:
    kept = store.marks_hashes(each.id)
    logged = {(s["unit"], s["component"], s["revision"]): s.get("marks") for entry in entries for s in _taken(entry)}
    for (unit, component, revision), (hashed, file) in kept.items():
        told = f"{unit}第{revision}次评分表（《{file}》）"
        if (unit, component, revision) not in logged:
            yield f"{told}没有上报记录，可能由其他程序写入。"
        elif logged[unit, component, revision] not in (None, hashed):
            yield f"{told}的分值与上报时不一致，可能已损坏或被改动。"
    for unit, _, revision in logged.keys() - kept.keys():
        yield f"{unit}第{revision}次评分表有上报记录而没有内容，可能已丢失。"


def _stages(store: Store, each: Assessment, entries: list[LogEntry]) -> Iterator[str]:
    """Whoever handed a sheet in and whoever reviewed it stand in the log, too: a review without its line is none."""
    told: dict[object, tuple[str, str | None, str | None]] = {}
    for entry in entries:
        for sheet in [*_listed_in(entry, "submissions"), entry.details.get("submission")]:
            if entry.action == "提交评分表":
                told[sheet] = ("handed", entry.actor, None)
            elif entry.action == "复核评分表":
                told[sheet] = ("reviewed", told.get(sheet, _FILLED)[1], entry.actor)
            elif entry.action in _BACK:
                told[sheet] = _FILLED
    for one in store.stages(each.id):
        if (one.stage, one.handed_by, one.reviewed_by) != told.get(one.id, _FILLED):
            yield f"{one.unit}第{one.revision}次评分表的提交、复核情况（现为“{STAGES[one.stage]}”）与操作日志所记的不一致，可能被改动。"


def _listed_in(entry: LogEntry, key: str) -> list[Any]:
    value = entry.details.get(key)
    return value if isinstance(value, list) else []


def _taken(entry: LogEntry) -> list[dict[str, Any]]:
    return _dicts(entry.details.get("sheets")) if entry.action in BROUGHT_BY else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _facts(store: Store, each: Assessment, entries: list[LogEntry]) -> Iterator[str]:
    """What was registered stands in the log word for word."""
    listed = [told for entry in entries for told in (entry.details, *_dicts(entry.details.get("facts")))]
    logged = {told["id"]: told for told in listed if {"id", "fact", "value", "unit"} <= told.keys()}
    for row in store.facts(each.id, include_withdrawn=True):
        told, fact = logged.get(row.id), row.fact
        amount = None if fact.amount is None else str(fact.amount)
        now = (fact.unit, fact.fact, fact.value, fact.date, fact.basis, amount)
        if told is None:
            yield f"{fact.unit}的情形“{fact.value}”没有登记记录，可能由其他程序写入。"
        elif now != tuple(told.get(key) for key in ("unit", "fact", "value", "date", "basis", "amount")):
            yield f"{fact.unit}的情形“{fact.value}”与登记时不一致，可能已损坏或被改动。"


def _versions(store: Store, each: Assessment) -> Iterator[Verdict]:
    """States and choices, by walking back: what does not fit the log ends the way."""
    versions = store.versions(each.id)
    lost = [entry.version for entry in versions if not entry.kept]
    if [entry.version for entry in versions] != list(range(1, each.version + 1)):
        yield Verdict("bad", f"《{each.name}》：各版次的操作日志不全，应有{each.version}版。{_MEND}")
    elif lost:
        yield Verdict("bad", f"《{each.name}》：第{max(lost) + 1}版的记录与现存数据不符，此前各版无法还原，数据可能被改动过。{_MEND}")


def _locks(store: Store, each: Assessment) -> Iterator[Verdict]:
    for record in store.locked_versions(each.id):
        if record.state != "current":
            continue
        state = _scored(lambda record=record: load_state_at(store, each.id, record.version))  # type: ignore[misc]
        told = f"《{each.name}》{record.name}（校验码{record.code}）"
        if isinstance(state, str):
            yield Verdict("bad", f"{told}：无法还原。{state}")
        elif fingerprint(state) == record.hash:
            yield Verdict("fine", f"{told}：与锁定时一致。")
        elif record.engine != state.results.engine:
            yield Verdict("note", f"{told}：由计分引擎{record.engine}版锁定，现用{state.results.engine}版，结果不同。")
        else:
            yield Verdict("bad", f"{told}：与锁定时不一致，数据可能已损坏或被改动。{_MEND}")


def _scored(load: Callable[[], State]) -> State | str:
    try:
        return load()
    except (StoreProblem, SchemeError, MarksError, UnfitError) as problem:
        return str(problem)
