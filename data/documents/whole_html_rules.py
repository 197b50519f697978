"""What the whole result rests on: readings that the text leaves open, what is proposed and decided, and the clauses themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data.clauses import document_text, find, part_of, read_clauses
from data.documents.html_parts import details, lines, paragraph, table, text
from data.locked import Locked
from data.papers.stood import stood
from data.papers.words import day_text, settled_by
from data.store.meeting_records import SETTLINGS
from data.store.records import CHOICES
from scoring.assumption_words import label_words, reading_words
from scoring.results import UnitResult


def decided(locked: Locked) -> str:
    """建议等次, 审定 and 批复 as recorded, and how many 异议 wait."""
    told = []
    for kind, name in SETTLINGS.items():
        step = locked.standing.steps.get(kind)
        if step is None:
            told.append(paragraph(f"{name}：尚未登记。"))
        else:
            by = settled_by(step)
            told.append(paragraph(f"{name}：{by}。" if by else f"{name}：已登记。"))
    if waiting := locked.standing.open_objections:
        told.append(
            paragraph(f"尚有{len(waiting)}件异议待办理：{'、'.join(dict.fromkeys(each.unit for each in waiting))}。")
        )
    return "".join(told)


def follows(locked: Locked) -> str:
    """What is proposed for whom by which clause, and what was decided of it; "" where nothing is proposed."""
    rows = [
        (
            text(matter.outcome.action), text(proposal.unit), text(matter.outcome.basis),
            text(CHOICES[proposal.decision.ruling.choice] if proposal.decision else "尚未决定"), text(proposal.reason),
        )
        for matter in stood(locked).matters
        for proposal in matter.proposals
    ]  # fmt: skip
    return table(("拟结果运用", locked.state.scheme.words.unit, "依据", "决定", "理由"), rows) if rows else ""


def readings(locked: Locked) -> str:
    """口径: what the text does not say, what is done instead, and who confirmed it."""
    state = locked.state
    rows = []
    for reading in state.weighed:
        setting, label = state.confirmed(reading), state.reading(reading)
        by = f"{setting.actor}{'，' + setting.paper if setting.paper else ''}" if setting else "尚未确认"
        said = "\n".join(filter(None, (label_words(label), reading_words(state.own, reading, label))))
        rows.append((text(reading.name), lines(f"原文未规定：{reading.silent}"), lines(said), text(by)))
    return table(("口径", "原文", "本次采用", "确认情况"), rows) if rows else paragraph("本方案没有口径。")


def clauses(locked: Locked) -> str:
    """The clauses that the results cite, in the document's own words; "" where its text is not at hand."""
    document = locked.state.scheme.document
    known = read_clauses(document_text(document.text))
    part = part_of(known, document.title) if known else ""
    told, seen = [], set()
    for cite in _cited(locked.state.results.units):
        clause = find(known, cite, part)
        if clause is None or clause.key in seen:
            continue
        seen.add(clause.key)
        inside = "".join(paragraph(each) for each in clause.paragraphs)
        if clause.rows:
            inside += table((), [[text(cell) for cell in row] for row in clause.rows])
        told.append(details(text(f"{clause.key}　{clause.title}".strip()), inside))
    return "".join(told)


def _cited(units: Iterable[UnitResult]) -> Iterator[str]:
    """Every clause named by a step, each once, as they first come up."""
    seen: dict[str, None] = {}
    for result in units:
        for step in result.steps:
            seen |= dict.fromkeys(each for each in step.cite.split("、") if each)
    yield from seen


def document_card(locked: Locked) -> str:
    """The official document, the scheme's fingerprint and the engine: what is needed to compute all of it again."""
    state, document = locked.state, locked.state.scheme.document
    told = [f"《{document.title}》", document.number, document.issuer]
    told += [day_text(document.issued)] if document.issued else []
    own = "本方案为系统附带的模板，不是任何机关印发的文件。" if state.scheme.template else ""
    prints = f"数据指纹（SHA-256）{locked.record.hash}；方案指纹{state.scheme.hash}；计分引擎{state.results.engine}版"
    return paragraph("　".join(filter(None, told))) + paragraph(own) + paragraph(f"{locked.stamp}；{prints}。", "q")
