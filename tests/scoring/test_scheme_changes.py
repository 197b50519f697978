"""Two people change one scheme: both values are told, and their work is brought together."""

from __future__ import annotations

from scoring.scheme_changes import ADDED, REMOVED, changes, compared, merged
from scoring.scheme_tables import deep
from tests.scoring.test_scheme_edit import changed, county


def said(before: dict, after: dict) -> dict[str, tuple[str, str]]:
    return {str(spot): values for spot, values in changes(before, after).items()}


def test_a_changed_cell_is_told_with_both_values():
    after = changed(county(), "components", lambda rows: rows[0].update(权重="50"))
    assert said(county(), after) == {"考核方式 → 交叉考核 → 权重": ("40", "50")}


def test_a_row_put_before_others_is_one_change():
    after = changed(
        county(), "steps", lambda rows: rows.insert(0, {"实施单位": "考核办", "工作": "动员", "条款": "六"})
    )
    assert said(county(), after) == {"步骤 → 动员": ("", ADDED)}


def test_a_row_taken_away_is_told_by_its_name():
    after = changed(county(), "facts", lambda rows: rows.pop(3))
    assert said(county(), after) == {"情形 → 某些方面存在突出问题": ("某些方面存在突出问题", REMOVED)}


def test_what_no_table_shows_is_told_as_such():
    after = deep(county()) | {"draw": {"groups": "6", "cite": "六"}}
    assert list(said(county(), after)) == ["其他内容（YAML） → draw"]


def test_both_values_stand_side_by_side_and_clashes_come_first():
    theirs = changed(county(), "components", lambda rows: [rows[0].update(权重="50"), rows[2].update(权重="20")])
    mine = changed(county(), "components", lambda rows: [rows[0].update(考核主体="督查组"), rows[2].update(权重="25")])
    rows = [(str(row.spot), row.before, row.theirs, row.mine, row.clash) for row in compared(county(), theirs, mine)]
    assert rows == [
        ("考核方式 → 日常工作 → 权重", "30", "20", "25", True),
        ("考核方式 → 交叉考核 → 权重", "40", "50", "40", False),
        ("考核方式 → 交叉考核 → 考核主体", "交叉考核组", "交叉考核组", "督查组", False),
    ]


def test_merging_keeps_what_either_did_and_mine_where_both_did():
    theirs = changed(county(), "components", lambda rows: [rows[0].update(权重="50"), rows[2].update(权重="20")])
    theirs = changed(theirs, "units:0", lambda rows: rows.append({"名称": "高新区"}))
    mine = changed(county(), "components", lambda rows: [rows[0].update(考核主体="督查组"), rows[2].update(权重="25")])
    mine = changed(mine, "steps", lambda rows: rows.pop(0))
    made = merged(county(), theirs, mine)
    first, _, third, _ = made["components"]
    assert (first["weight"], first["who"], third["weight"]) == ("50", "督查组", "25")
    assert made["groups"][0]["units"][-1] == {"name": "高新区"}
    assert [row["id"] for row in made["steps"]] == [row["id"] for row in county()["steps"]][1:]


def test_merging_with_nobody_is_what_one_did():
    mine = changed(county(), "limits", lambda rows: rows.pop(0))
    assert merged(county(), county(), mine) == mine
    assert merged(county(), mine, county()) == mine
