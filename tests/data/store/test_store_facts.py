"""情形: the second person, and withdrawing without erasing."""

from __future__ import annotations

import pytest

from data.store import Assessment, Store, StoreProblem
from scoring.marks import Fact

SANCTION = Fact("台山市", "sanction", "记过", "2020-06-01", "江纪〔2020〕3号")


def test_a_fact_waits_for_its_second_person_whatever_it_claims(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, SANCTION, "处分决定书", "张三")
    assert SANCTION.confirmed
    assert not row.fact.confirmed
    assert (row.note, row.actor, row.confirmed_by, row.confirmed_at, row.withdrawn) == (
        "处分决定书",
        "张三",
        None,
        None,
        False,
    )
    assert store.facts(assessment.id) == [row]
    assert store.log()[0].subject == "台山市：记过（江纪〔2020〕3号）"


def test_another_person_confirms_it(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, SANCTION, "", "张三")
    checked = store.confirm_fact(row.id, "李四")
    assert store.facts(assessment.id) == [checked]
    assert checked.fact == SANCTION
    assert checked.confirmed_by == "李四"
    assert checked.confirmed_at is not None
    assert checked.confirmed_at.utcoffset() is not None
    assert (store.log()[0].action, store.version(assessment.id)) == ("核对情形", 3)


@pytest.mark.parametrize("same", ["Zhang San", " zhang san ", "ZhangSan", "Ｚｈａｎｇ　Ｓａｎ"])
def test_the_same_person_cannot_confirm_however_the_name_is_typed(
    store: Store, assessment: Assessment, same: str
) -> None:
    row = store.add_fact(assessment.id, SANCTION, "", "Zhang San")
    with pytest.raises(StoreProblem, match="须由另一人署名后核对"):
        store.confirm_fact(row.id, same)
    assert store.facts(assessment.id) == [row]
    assert store.version(assessment.id) == 2
    assert store.log()[0].action == "登记情形"


def test_a_withdrawn_fact_is_hidden_unless_asked_for_and_confirms_nothing(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, SANCTION, "", "张三")
    store.confirm_fact(row.id, "李四")
    gone = store.withdraw_fact(row.id, "王五", "处分已撤销")
    assert store.facts(assessment.id) == []
    assert store.facts(assessment.id, include_withdrawn=True) == [gone]
    assert (gone.withdrawn, gone.fact.confirmed, gone.confirmed_by) == (True, False, "李四")
    assert store.log()[0].details["reason"] == "处分已撤销"


def test_a_fact_is_confirmed_and_withdrawn_once(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, SANCTION, "", "张三")
    store.confirm_fact(row.id, "李四")
    with pytest.raises(StoreProblem, match="已核对或已撤销"):
        store.confirm_fact(row.id, "王五")
    with pytest.raises(StoreProblem, match="撤销理由不能为空"):
        store.withdraw_fact(row.id, "王五", " ")
    store.withdraw_fact(row.id, "王五", "登记有误")
    with pytest.raises(StoreProblem, match="无须重复撤销"):
        store.withdraw_fact(row.id, "王五", "登记有误")
    with pytest.raises(StoreProblem, match="已核对或已撤销"):
        store.confirm_fact(row.id, "赵六")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (Fact("台山县", "sanction", "记过"), "名单中没有“台山县”"),
        (Fact("", "sanction", "记过"), "考核对象名称不能为空"),
        (Fact("台山市", "", "记过"), "情形不能为空"),
        (Fact("台山市", "sanction", " "), "情形取值不能为空"),
    ],
)
def test_a_fact_without_its_parts_is_refused(store: Store, assessment: Assessment, fact: Fact, words: str) -> None:
    with pytest.raises(StoreProblem, match=words):
        store.add_fact(assessment.id, fact, "", "张三")
    assert (store.facts(assessment.id), store.version(assessment.id)) == ([], 1)


def test_an_unknown_fact_is_said_in_words(store: Store) -> None:
    with pytest.raises(StoreProblem, match="没有找到这条情形"):
        store.confirm_fact(7, "李四")
