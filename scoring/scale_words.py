"""A comparison of scales in sentences: counts first, the chance beside them, never intent. Sentences with nothing to say vanish."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring import exact
from scoring.scale_pairs import UnitPair
from scoring.scale_tests import ALPHA, sign_test
from scoring.scale_values import Comparison, Mutual, Scale, Tally, Verdict
from scoring.speech import Sentence, named, say, strong

WORDS: dict[Verdict, str] = {
    "lenient": "偏宽",
    "severe": "偏严",
    "alike": "未见异常",
    "few": "样本太小",
    "open": "待评分表到齐",
}
CAUTION = "需核实，不作为结论"
_LADDER = (Fraction(1, 1000), Fraction(1, 100), ALPHA)


def chance_text(chance: Fraction) -> str:
    """A probability for people, on the safe side of every line: "不足1%", or "约34.3%" cut, never rounded across 5 %."""
    for line in _LADDER:
        if chance < line:
            return f"不足{exact.plain(line * 100)}%"
    if chance != ALPHA and chance < ALPHA + Fraction(1, 1000):
        return f"略高于{exact.plain(ALPHA * 100)}%"
    return f"{exact.shown(chance * 100, 1).rstrip('…')}%"


def steps_text(steps: Fraction) -> str:
    """A mean difference with its sign: "+0.57", "−0.05", "0"; cut, so that what is not zero never reads as zero."""
    if not steps:
        return "0"
    size = exact.shown(abs(steps), 2).rstrip("…")
    return f"{'+' if steps > 0 else '−'}{'不足0.01' if size == '0.00' else size}"


def mean_text(steps: Fraction, measure: str) -> str:
    """ "平均高0.57档", "平均低5.26分", "平均持平"."""
    if not steps:
        return "平均持平"
    return f"平均{'高' if steps > 0 else '低'}{steps_text(steps)[1:]}{measure}"


def counts_text(tally: Tally, yardstick: str) -> str:
    """ "19项中12项高于市级考核、1项低于、6项同档"."""
    told = [(tally.higher, f"项高于{yardstick}"), (tally.lower, "项低于" if tally.higher else f"项低于{yardstick}"),
            (tally.alike, "项同档")]  # fmt: skip
    return f"{tally.count}项中" + "、".join(f"{number}{words}" for number, words in told if number)


def headline(comparison: Comparison, first: str, second: str, units: str) -> list[Sentence]:
    """The whole in a few sentences: what was compared, what stands out, what waits."""
    found = [*_waits(comparison, first, second, units), *_overall(comparison, first, second, units)]
    if not comparison.settled:
        return found
    noted = [group_sentence(scale, second) for scale in comparison.scales if scale.notable]
    rings = [mutual_sentence(ring, second) for ring in comparison.mutual if ring.holds]
    return [*found, *noted, *rings, *([] if noted or rings else _nothing(comparison)), *_few(comparison, second)]


def _waits(comparison: Comparison, first: str, second: str, units: str) -> list[Sentence]:
    if comparison.settled:
        return []
    told = named([unit.unit for unit in comparison.waiting], units)
    lacking = len(comparison.waiting)
    return [say(strong(f"还有{lacking}{units}{told}的{first}或{second}未到"),
                "：以下只列两种评分都已收到的，评分表到齐后再作判断，以免反复查看、越看越像有偏差。")]  # fmt: skip


def _overall(comparison: Comparison, first: str, second: str, units: str) -> list[Sentence]:
    """Every item counted, then unit by unit: items of one unit come from the same people, units do not."""
    own, by_unit = comparison.overall, comparison.by_unit
    if not own.count:
        return []
    counts = [(own.alike, "同档"), (own.higher, f"{first}较高"), (own.lower, f"{first}较低")]
    told = say(f"{first}与{second}同评{by_unit.count}{units}、共", strong(f"{own.count}项次"),
               f"：{'，'.join(f'{number}项次{words}' for number, words in counts if number)}。")  # fmt: skip
    ways = [(by_unit.higher, f"{first}总体较高"), (by_unit.lower, f"{first}总体较低"), (by_unit.alike, "持平")]
    each = f"逐个看，{'、'.join(f'{number}{units}{words}' for number, words in ways if number)}"
    chance = sign_test(by_unit.higher, by_unit.lower)
    if not comparison.settled or chance > ALPHA:
        return [(*told, *say(f"{each}。"))]
    way = WORDS["lenient" if by_unit.higher > by_unit.lower else "severe"]
    return [(*told, *say(f"{each}，若两边尺度一致，出现如此悬殊的可能{chance_text(chance)}：",
                         strong(f"{first}总体比{second}{way}"), f"，{CAUTION}。"))]  # fmt: skip


def totals_text(totals: Sequence[UnitPair], first: str, measure: str) -> str:
    """Which way the totals of those without items differ: "交叉考核12个较高、2个较低"."""
    values = [unit.total for unit in totals if unit.total is not None]
    ways = (
        (sum(v > 0 for v in values), "较高"),
        (sum(v < 0 for v in values), "较低"),
        (sum(v == 0 for v in values), "相同"),
    )
    return first + "、".join(f"{number}{measure}{words}" for number, words in ways if number)


def group_sentence(scale: Scale, second: str) -> Sentence:
    """One group that stands out: its counts, the chance of them, and the other groups beside it."""
    named_units = "、".join(scale.units)
    told: list[Sentence] = [say(strong(f"{scale.assessor.name}评{named_units}：{verdict_text(scale, second)}"), "。")]
    told.append(say(f"{counts_text(scale.tally, second)}，{mean_text(scale.steps or Fraction(0), '档')}"))
    if scale.verdict in ("lenient", "severe") and scale.adjusted is not None:
        told.append(say(f"；若两边尺度一致，出现如此悬殊的可能{chance_text(scale.adjusted)}"))
    if scale.others in ("lenient", "severe") and scale.others_adjusted is not None and scale.apart is not None:
        told.append(
            say(
                f"；与{second}的差距比其他组{mean_text(scale.apart, '档')}，若各组尺度一致，可能{chance_text(scale.others_adjusted)}"
            )
        )
    return sum(told, ()) + say(f"。{CAUTION}。")


def verdict_text(scale: Scale, second: str) -> str:
    """ "对市级考核偏宽、对其他组偏宽", "样本太小，不能下结论"."""
    told = [f"比{what}{WORDS[verdict]}" for what, verdict in ((second, scale.verdict), ("其他组", scale.others))
            if verdict in ("lenient", "severe")]  # fmt: skip
    if told:
        return "、".join(told)
    if scale.verdict == "open" or scale.others == "alike":
        return WORDS[scale.verdict if scale.verdict == "open" else "alike"]
    return "样本太小，不能下结论" if scale.verdict == "few" else WORDS["alike"]


def mutual_sentence(ring: Mutual, second: str) -> Sentence:
    """Groups of two units, or of a ring of them, that lean the same way towards each other."""
    pair, low = len(ring.homes) == 2, ring.way == "severe"
    who = "与".join(ring.homes) + "互评" if pair else "→".join((*ring.homes, ring.homes[0])) + "循环评分"
    links = [
        f"{home}组评{other}，{counts_text(tally, second)}"
        for home, other, tally in zip(ring.homes, (*ring.homes[1:], ring.homes[0]), ring.tallies, strict=True)
    ]
    doubt = (
        f"可能是互相{'压低' if low else '抬高'}，也可能是{second}对这几处评得偏{'高' if low else '低'}，数字不能区分"
    )
    return say(strong(f"{who}，{'两边' if pair else '各边'}都{'低于' if low else '高于'}{second}"), f"：{'；'.join(links)}。",
               f"若尺度一致，各边同时如此的可能{chance_text(ring.adjusted)}。{doubt}；{CAUTION}。")  # fmt: skip


def _nothing(comparison: Comparison) -> list[Sentence]:
    if not comparison.tested and all(scale.others_chance is None for scale in comparison.scales):
        return []
    return [say(strong("未见哪一组明显偏宽或偏严"), "：各组的差异都在偶然范围之内。样本小，未见不等于没有。")]


def _few(comparison: Comparison, second: str) -> list[Sentence]:
    """Groups without a verdict: those that differ nowhere, and those that differ too rarely."""
    same = [scale for scale in comparison.scales if not scale.tally.untied]
    few = [scale for scale in comparison.scales if scale.tally.untied and scale.chance is None]
    found = []
    if same:
        found.append(say(f"{len(same)}组{_names(same)}与{second}同评的各项全部同档。"))
    if few:
        found.append(say(f"{len(few)}组{_names(few)}与{second}不同档的项数太少，样本太小，与{second}相比不能下结论：",
                         f"{_at_most(comparison, few)}。"))  # fmt: skip
    return found


def _at_most(comparison: Comparison, few: Sequence[Scale]) -> str:
    """What the group with most to say among those without a verdict could come to, held beside all that have as much."""
    most = max(scale.tally.untied for scale in few)
    groups = sum(scale.tally.untied >= most for scale in comparison.scales)
    chance = min(Fraction(1), groups * sign_test(most, 0))
    times = f"，同时比这样的{groups}组，放大后" if groups > 1 else "，"
    return f"即使{most}项都偏向同一边{times}偶然出现的可能仍有{chance_text(chance)}"


def _names(scales: Sequence[Scale]) -> str:
    return named([scale.assessor.name for scale in scales], "组")
