"""What a comparison of scales says in sentences: counts and chances, cautious, and nothing where there is nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.scale_values import Assessor, Comparison
from scoring.scale_words import CAUTION, chance_text, headline, mean_text, steps_text
from scoring.speech import plain_text
from tests.scoring.test_scales import MIDDLE, UNITS, A, B, compared, higher, homes


def told(comparison: Comparison) -> str:
    return "\n".join(plain_text(each) for each in headline(comparison, "交叉考核", "市级考核", "个市（区）"))


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (Fraction(7, 2048), "不足1%"),
        (Fraction(1, 5000), "不足0.1%"),
        (Fraction(1, 100), "不足5%"),
        (Fraction(1, 20), "5%"),
        (Fraction(50001, 1000000), "略高于5%"),
        (Fraction(1, 16), "6.2%"),
        (Fraction(1), "100%"),
    ],
)
def test_a_chance_is_told_on_the_side_of_the_line_on_which_it_is(chance: Fraction, text: str) -> None:
    assert chance_text(chance) == text


def test_a_mean_that_is_not_nought_never_reads_as_nought() -> None:
    assert [steps_text(Fraction(n, 1000)) for n in (570, -50, 0, 4, -4)] == [
        "+0.57",
        "−0.05",
        "0",
        "+不足0.01",
        "−不足0.01",
    ]
    assert mean_text(Fraction(11, 19), "档") == "平均高0.57档"
    assert mean_text(Fraction(-100, 19), "分") == "平均低5.26分"
    assert mean_text(Fraction(0), "档") == "平均持平"


def test_a_generous_group_is_told_with_counts_chance_and_caution() -> None:
    found = told(compared({A: higher(12, 1)} | dict.fromkeys(UNITS[1:], MIDDLE)))
    assert f"考核{A}的组评{A}：比市级考核偏宽、比其他组偏宽。" in found
    assert "19项中12项高于市级考核、1项低于、6项同档，平均高0.57档；若两边尺度一致，出现如此悬殊的可能不足1%" in found
    assert CAUTION in found
    assert "等6组）与市级考核同评的各项全部同档。" in found


def test_a_group_with_few_untied_items_is_told_as_too_small_with_the_reason() -> None:
    """Five alike are 2/32 of one group; two groups of at least five items were looked at, so 4/32."""
    found = told(compared({A: higher(12, 1), B: higher(5)}))
    assert f"1组（考核{B}的组）与市级考核不同档的项数太少，样本太小，与市级考核相比不能下结论" in found
    assert "即使5项都偏向同一边，同时比这样的2组，放大后偶然出现的可能仍有12.5%。" in found
    assert "即使5项都偏向同一边，偶然出现的可能仍有6.2%。" in told(compared({B: higher(5)}))


def test_where_nothing_stands_out_it_says_so_once_and_promises_no_more() -> None:
    """Nine untied items of each could tell (7·2/2⁹ is under 5 %), and are as even as can be."""
    found = told(compared({unit: higher(5, 4) for unit in UNITS}))
    assert "未见哪一组明显偏宽或偏严" in found
    assert "样本小，未见不等于没有" in found
    assert "偏宽。" not in found


def test_where_no_outcome_could_have_stood_out_it_does_not_say_that_nothing_does() -> None:
    """Seven groups of eight untied items: even eight of eight are 7·2/2⁸ = 5.46… %."""
    found = told(compared({unit: higher(4, 4) for unit in UNITS}))
    assert "未见" not in found
    assert "即使8项都偏向同一边，同时比这样的7组，放大后偶然出现的可能仍有5.4%。" in found


def test_seven_of_seven_units_set_higher_is_told_of_the_whole() -> None:
    """Seven of seven: 1/64, that is 1.5625 %."""
    found = told(compared({unit: higher(2) for unit in UNITS}))
    assert (
        "7个市（区）交叉考核总体较高，若两边尺度一致，出现如此悬殊的可能不足5%：交叉考核总体比市级考核偏宽，需核实"
        in found
    )


def test_units_that_marked_each_other_down_are_told_with_the_other_explanation() -> None:
    found = told(compared({A: higher(0, 9), B: higher(0, 9)}, assessors=homes(**{A: B, B: A})))
    assert "互评，两边都低于市级考核" in found
    assert f"{A}组评{B}，19项中9项低于市级考核、10项同档" in found
    assert "数字不能区分" in found


def test_nothing_compared_says_nothing() -> None:
    assert headline(compared({}), "交叉考核", "市级考核", "个市（区）") == []


def test_no_sentence_speaks_of_intent() -> None:
    found = told(compared({A: higher(0, 9), B: higher(0, 9)}, assessors=homes(**{A: B, B: A})))
    assert not any(word in found for word in ("报复", "故意", "恶意", "舞弊"))


def test_a_group_is_called_as_the_draw_calls_it() -> None:
    found = told(compared({A: higher(12)}, assessors={A: Assessor("第3组（新会区）", "新会区")}))
    assert f"第3组（新会区）评{A}：比市级考核偏宽" in found


def test_a_group_alike_with_the_yardstick_where_all_others_are_higher_is_severe_beside_them_only() -> None:
    """Six groups 12 higher of 19, the seventh none: on each of 12 items it is the one of seven that lies lower."""
    found = told(compared({unit: higher(12) for unit in UNITS[1:]} | {A: MIDDLE}))
    assert f"考核{A}的组评{A}：比其他组偏严。19项中19项同档，平均持平；与市级考核的差距比其他组平均低0.63档" in found
    assert f"1组（考核{A}的组）与市级考核同评的各项全部同档。" in found
