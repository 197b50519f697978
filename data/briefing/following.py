"""What follows the results: 拟结果运用, 问题与整改, 异议."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from data.briefing.brief import Brief, halves, in_short, paged
from data.briefing.counts import actions_text
from data.briefing.model import Figure, Grid, Page
from data.follow_up import Matter
from data.store.meeting_records import OBJECTION_STATUSES
from data.store.records import CHOICES, STATUSES
from scoring.due import period_text

ROWS = 6
"""Lines of a table on one page."""


def outcomes(brief: Brief) -> Iterator[Page]:
    """拟结果运用: each outcome with whom it is proposed for, and how much of it is decided."""
    follow_up = brief.follow
    found = [matter for matter in follow_up.matters if matter.proposals]
    if not found:
        return
    parts = halves(found, ROWS)
    for number, part in enumerate(parts, 1):
        rows = tuple(
            (f"拟{m.outcome.action}", _count(brief, m), _who(brief, m, 4), in_short(m.outcome.basis), _decided(m))
            for m in part
        )
        cites = tuple(dict.fromkeys(matter.outcome.basis for matter in part))
        yield Page(
            paged("outcomes", number), "拟结果运用", actions_text(brief), cites,
            grid=Grid(("事项", "数量", "对象", "依据", "决定"), rows, left=1), lines=_all_alike(brief),
            notes=(*(_note(brief, matter) for matter in part), *_beyond(brief)),
        )  # fmt: skip


def _count(brief: Brief, matter: Matter) -> str:
    return f"{len(matter.proposals)}{brief.scheme.words.measure}"


def _who(brief: Brief, matter: Matter, most: int) -> str:
    return brief.some(brief.listed(brief.results.of(proposal.unit) for proposal in matter.proposals), most)


def _decided(matter: Matter) -> str:
    """How many were decided and how: "采纳2，待定1"."""
    made = Counter(CHOICES[p.decision.ruling.choice] for p in matter.proposals if p.decision)
    told = [f"{word}{number}" for word, number in made.items()]
    return "，".join([*told, *([f"待定{len(matter.undecided)}"] if matter.undecided else [])])


def _note(brief: Brief, matter: Matter) -> str:
    by = f"，由{matter.outcome.by}实施" if matter.outcome.by else ""
    due = f"，期限为{period_text(matter.outcome.due)}" if matter.outcome.due else ""
    return f"拟{matter.outcome.action}{_count(brief, matter)}：{_who(brief, matter, 80)}{by}{due}（{matter.outcome.basis}）。"


def _all_alike(brief: Brief) -> tuple[str, ...]:
    """What every unit has to do alike."""
    general = brief.follow.general
    return tuple(
        f"各{brief.scheme.words.units}均须：{m.outcome.action}{f'（{period_text(m.outcome.due)}）' if m.outcome.due else ''}"
        for m in general[:2]
        if m.proposals
    )


def _beyond(brief: Brief) -> Iterator[str]:
    for outcome in brief.follow.beyond:
        yield f"另按{outcome.basis}对{outcome.concerns}{outcome.action}，本次没有其结果，须另行确定。"


def rectifying(brief: Brief) -> Iterator[Page]:
    """问题与整改: how far the 整改台账 has come, unit by unit."""
    follow_up = brief.follow
    if not follow_up.items:
        return
    counts = Counter(STATUSES[item.status] for item in follow_up.items)
    late = len(follow_up.late)
    closed = counts[STATUSES["closed"]]
    message = f"列入整改{len(follow_up.items)}项，已销号{closed}项" + (f"，逾期{late}项" if late else "")
    figures = tuple(Figure(str(counts[word]), "项", word) for word in STATUSES.values() if counts[word])
    units = brief.listed(brief.results.of(unit) for unit in {item.finding.unit for item in follow_up.items})
    rows = []
    for result in units:
        items = follow_up.items_of(result.unit)
        own = Counter(item.status for item in items)
        overdue = sum(bool(follow_up.overdue(item)) for item in items)
        rows.append((brief.called(result.unit), str(len(items)), str(own["closed"]), str(overdue) if overdue else "—"))
    parts = halves(rows, ROWS)
    cites = tuple(dict.fromkeys(m.outcome.basis for m in (*follow_up.matters, *follow_up.general) if m.outcome.due))
    for number, part in enumerate(parts, 1):
        yield Page(
            paged("rectify", number), "问题与整改", message, cites, figures if number == 1 else (),
            grid=Grid(("考核对象", "整改事项", "已销号", "逾期"), tuple(part)),
            notes=(f"截至{follow_up.today.isoformat()}。", *(f"{row[0]}：{row[1]}项，已销号{row[2]}项。" for row in part),
                   *([f"依据：{'、'.join(cites)}。"] if cites else [])),
        )  # fmt: skip


def objections(brief: Brief) -> Iterator[Page]:
    """异议: against whose result, when, and what became of it."""
    found = brief.locked.standing.objections
    if not found:
        return
    waiting = len(brief.locked.standing.open_objections)
    message = f"收到异议{len(found)}件，" + (f"待办理{waiting}件" if waiting else "均已办理")
    ordered = sorted(found, key=lambda each: each.item)
    rows = [
        (str(each.item), brief.called(each.unit), each.raised_on.isoformat(), OBJECTION_STATUSES[each.status])
        for each in ordered
    ]
    notes = [
        f"{each.item}. {brief.called(each.unit)}：{'内容不在匿名汇报中展示' if each.unit in brief.hidden else each.text}。"
        for each in ordered
    ]
    parts = halves(rows, ROWS)
    for number, part in enumerate(parts, 1):
        yield Page(
            paged("objections", number), "异议", message,
            grid=Grid(("序号", "考核对象", "提出日期", "办理"), tuple(part), left=2), notes=tuple(notes),
        )  # fmt: skip
