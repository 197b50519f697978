"""佐证目录: where everything that the result rests on can be found again, down to the SHA-256 of each original file."""

from __future__ import annotations

from collections.abc import Iterator

from data.beijing import local
from data.locked import Locked
from data.papers.paper import Block, Heading, Paper, Table, Text, Unready
from data.papers.words import READING, cites, day_text, paper, quoted, settled_by, subject
from data.store import CHOICES, OBJECTION_STATUSES, SETTLINGS, Submission
from scoring.assumption_words import label_words
from scoring.explain import fact_text

KIND = "佐证目录"
_NONE = "—"


def evidence(locked: Locked) -> Paper:
    """The index. Raises Unready where nothing was handed in or registered."""
    state = locked.state
    if not state.submissions and not state.facts:
        raise Unready("尚未收到评分表，也没有登记情形，没有可编目的佐证。请先上报评分表。")
    parts = [*_files(locked), *_sheets(locked), *_facts(locked), *_objections(locked), *_follow(locked), *_log(locked)]
    blocks: list[Block] = [_opening(locked)]
    number = 0
    for block in parts:
        if isinstance(block, Heading):
            number += 1
            block = Heading(f"{'一二三四五六七'[number - 1]}、{block.text}")
        blocks.append(block)
    return paper(locked, KIND, f"{subject(locked)}{KIND}", blocks)


def _opening(locked: Locked) -> Text:
    state = locked.state
    beside = sum(not state.scheme.component(each.component).counted for each in state.submissions)
    other = f"（其中不计分的{beside}份）" if beside and not state.scheme.judged else ""
    text = (
        f"本目录列出{locked.record.name if locked.record.number else '本次测算'}所依据的原始文件、情形、异议和操作日志的范围。"
        f"原始文件{len(_originals(locked))}份，现用的评分表{len(state.submissions)}份{other}，情形{len(state.facts)}条。"
        "SHA-256是文件内容的指纹，内容有任何改动，指纹即不相同。"
    )
    return Text(text, cites(*state.scheme.components) or (READING,))


def _originals(locked: Locked) -> dict[str, list[Submission]]:
    """SHA-256 → the sheets that count and came with that file, in the order in which the files came."""
    found: dict[str, list[Submission]] = {}
    for submission in sorted(locked.state.submissions, key=lambda each: each.id):
        found.setdefault(submission.file_sha256, []).append(submission)
    return found


def _files(locked: Locked) -> Iterator[Block]:
    found = _originals(locked)
    if not found:
        return
    scheme = locked.state.scheme
    yield Heading("原始文件")
    rows = []
    for number, (sha256, sheets) in enumerate(found.items(), 1):
        parts = "、".join(dict.fromkeys(scheme.component(each.component).name for each in sheets))
        first = sheets[0]
        rows.append((f"F{number}", first.file_name, parts, str(len(sheets)), first.actor, local(first.at), sha256))
    heads = ("编号", "文件名", scheme.words.component, "评分表份数", "上报人", "上报时间", "SHA-256")
    yield Table("原始文件", (heads,), tuple(rows), (14, 55, 26, 20, 22, 28, 60), left=2, across=True)


def _sheets(locked: Locked) -> Iterator[Block]:
    """Unit by unit: in which file each of its sheets is, and the how manieth it is."""
    state = locked.state
    numbers = {sha256: f"F{number}" for number, sha256 in enumerate(_originals(locked), 1)}
    if not numbers:
        return
    yield Heading(f"各{state.scheme.words.unit}的评分表")
    by_pair = {(each.unit, each.component): each for each in state.submissions}
    parts = [part for part in state.scheme.components if any(key[1] == part.id for key in by_pair)]
    marked = [unit.name for group in state.scheme.marked_groups for unit in group.units] or list(
        {u for u, _ in by_pair}
    )
    rows = []
    for unit in marked:
        cells = [_where(numbers, by_pair.get((unit, part.id)), part.counted) for part in parts]
        rows.append((unit, *cells))
    width = (156 - 52) / max(len(parts), 1)
    heads = (state.scheme.words.unit, *(part.name for part in parts))
    yield Table("文件编号及第几次上报", (heads,), tuple(rows), (52, *[width] * len(parts)))


def _where(numbers: dict[str, str], one: Submission | None, counted: bool) -> str:
    if one is None:
        return "暂缺" if counted else _NONE
    return f"{numbers[one.file_sha256]}，第{one.revision}次"


def _facts(locked: Locked) -> Iterator[Block]:
    state = locked.state
    if not state.facts:
        return
    yield Heading("情形的佐证")
    rows = tuple(
        (
            str(at), row.fact.unit, state.scheme.fact(row.fact.fact).name, fact_text(state.scheme, row.fact), row.note or _NONE,
            f"{row.actor}，{local(row.at)}",
            f"{row.confirmed_by}，{local(row.confirmed_at)}" if row.confirmed_by and row.confirmed_at else "待核对",
        )
        for at, row in enumerate(state.facts, 1)
    )  # fmt: skip
    heads = ("序号", state.scheme.words.unit, "情形", "内容", "佐证", "登记", "核对")
    yield Table("情形登记", (heads,), rows, (12, 30, 36, 50, 41, 28, 28), left=5, across=True)


def _objections(locked: Locked) -> Iterator[Block]:
    found = locked.standing.objections
    if not found:
        return
    yield Heading("异议")
    rows = tuple(
        (
            f"第{one.item}号", one.unit, f"锁定版第{one.locked}号", f"{one.raised_by}，{day_text(one.raised_on)}", one.text,
            OBJECTION_STATUSES[one.status], one.reply or _NONE, one.basis or _NONE,
        )
        for one in found
    )  # fmt: skip
    heads = ("编号", locked.state.scheme.words.unit, "针对", "提出", "内容", "结果", "办理意见", "依据")
    yield Table("异议登记", (heads,), rows, (15, 28, 24, 32, 46, 18, 36, 26), left=7, across=True)


def _follow(locked: Locked) -> Iterator[Block]:
    """Papers on which grades, 结果运用 and 整改 rest."""
    follow, rows = locked.follow_up, list(_confirmed(locked))
    for key, word in SETTLINGS.items():
        if step := locked.standing.steps.get(key):
            rows.append((word, _NONE, settled_by(step) or step.note or _NONE, f"{step.actor}，{local(step.at)}", _NONE))
    if follow.notice:
        notice = follow.notice
        rows.append(
            ("通报", _NONE, f"{notice.number}，{day_text(notice.date)}", f"{notice.actor}，{local(notice.at)}", _NONE)
        )
    for one in follow.decisions:
        told = f"{one.ruling.action}：{CHOICES[one.ruling.choice]}" + (
            f"；{one.ruling.evidence}" if one.ruling.evidence else ""
        )
        rows.append(("决定", one.ruling.unit, told, f"{one.actor}，{local(one.at)}", _NONE))
    for item in (item for item in follow.items if item.evidence or item.file_sha256):
        told = f"{item.evidence}{f'（{quoted(item.file_name)}）' if item.file_name else ''}"
        rows.append(("整改佐证", item.finding.unit, told, f"{item.actor}，{local(item.at)}", item.file_sha256 or _NONE))
    if rows:
        yield Heading("确认、审定、结果运用和整改")
        heads = ("类别", locked.state.scheme.words.unit, "内容", "登记", "SHA-256")
        yield Table(
            "确认、审定、结果运用和整改的登记", (heads,), tuple(rows), (24, 34, 77, 34, 56), left=3, across=True
        )


def _confirmed(locked: Locked) -> Iterator[tuple[str, ...]]:
    """Readings that somebody confirmed, with the paper they rest on."""
    for reading in locked.state.assumptions:
        if setting := locked.state.confirmed(reading):
            told = f"{reading.name}：{label_words(setting.value)}" + (f"（{setting.paper}）" if setting.paper else "")
            yield "口径确认", _NONE, told, f"{setting.actor}，{local(setting.at)}", _NONE


def _log(locked: Locked) -> Iterator[Block]:
    """Which part of the 操作日志 tells how this came about."""
    state, record = locked.state, locked.record
    yield Heading("操作日志")
    begun = f"自{local(state.assessment.created_at)}建立年度考核起，"
    until = (
        f"至{local(record.at)}由{record.actor}锁定为{record.name}止"
        if record.number
        else f"至{local(record.at)}测算时止"
    )
    text = (
        f"{begun}{until}，数据第1版至第{record.version}版的全部操作见“操作日志”，日志逐条以指纹相连，可在该页核验。"
        f"本版校验码为{record.code}，指纹（SHA-256）为{record.hash}，计分引擎为{record.engine}版。"
    )
    yield Text(text, (READING,))
