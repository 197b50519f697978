"""How many of each group have which grade; where the document draws no lines, between which scores they lie and who leads."""

from __future__ import annotations

from fractions import Fraction

from scoring.explain import score_text
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.speech import Part, Sentence, say, strong
from scoring.standing import FEW, Block, blocks, borrowed, draws_lines


def tallies(results: Results) -> list[Sentence]:
    """A sentence for each group that is told apart; none while nobody has a score."""
    return _grades(results) if draws_lines(results.scheme) else _scores(results)


def source(scheme: Scheme) -> str:
    """The document in short: its number, or its title where it has none."""
    return scheme.document.number or f"《{scheme.document.title}》"


def _grades(results: Results) -> list[Sentence]:
    lines = f"借用{borrowed(results.scheme)}的等次线，" if borrowed(results.scheme) else ""
    found: list[Sentence] = []
    for block in blocks(results):
        if any(result.grade for result in block.units):
            first = "" if found else f"按{source(results.scheme)}测算，{lines}"
            found.append(_block_grades(results, block, first))
    return found


def _block_grades(results: Results, block: Block, first: str) -> Sentence:
    parts: list[Part | str] = [f"{first}{block.name}等次为："]
    for grade in results.scheme.grades:
        names = [result.unit for result in results.ranked() if result.grade == grade and result in block.units]
        listed = f"（{'、'.join(names)}）" if 0 < len(names) <= 4 else ""
        text = f"{grade}{len(names)}{results.scheme.words.measure}"
        parts += [strong(text) if names else text, listed, "，"]
    return say(*parts[:-1], "。")


def _scores(results: Results) -> list[Sentence]:
    told = [_block_scores(results.scheme, block) for block in blocks(results)]
    if not any(told):
        return []
    first = say(f"按{source(results.scheme)}测算，", strong("只出得分"), "；原文未定分数线，等次由评议确定。")
    return [first, *(sentence for sentence in told if sentence)]


def _block_scores(scheme: Scheme, block: Block) -> Sentence | None:
    scores = [(result.score, result) for result in block.units if result.score is not None]
    if not scores:
        return None
    scores.sort(key=lambda pair: -pair[0])
    (high, _), (low, _) = scores[0], scores[-1]
    whose = "" if block.name else scheme.words.units
    count = strong(f"{block.name}{_count(scheme, len(scores), len(block.units), whose)}")
    if high == low:
        return say(count, f"，得分{'均' if len(scores) > 1 else ''}为{score_text(scheme, high)}。")
    stands = "" if len(scores) == len(block.units) else "暂列"
    behind = scores[max(FEW, len(scores) - FEW) :]
    last = f"，{stands}靠后的为{_named(scheme, behind)}" if behind else ""
    between = f"得分在{score_text(scheme, low)}至{score_text(scheme, high)}之间"
    return say(count, f"，{between}，{stands}居前的为{_named(scheme, scores[:FEW])}{last}。")


def _count(scheme: Scheme, scored: int, whole: int, whose: str) -> str:
    """How many have a score: "14个均已出得分", "6个盟市已出得分，6个暂缺"."""
    measure = scheme.words.measure
    if scored == whole:
        return f"{scored}{measure}{whose}均已出得分"
    return f"{scored}{measure}{whose}已出得分，{whole - scored}{measure}暂缺"


def _named(scheme: Scheme, scores: list[tuple[Fraction, UnitResult]]) -> str:
    return "、".join(f"{result.unit}（{score_text(scheme, score)}）" for score, result in scores)
