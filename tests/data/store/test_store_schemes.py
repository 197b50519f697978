"""Own schemes: written, agreed, filed, in force; nothing lost, nothing confused with another, nobody written over."""

from __future__ import annotations

import pytest

from data.library import paper_before
from data.log_text import details_text
from data.schemes import scheme, scheme_text
from data.store import Moved, OwnScheme, Store, StoreProblem
from scoring.load import load_scheme

COUNTY = scheme_text("jiangmen-2020-county")
TITLE = "2026年蓬江区常态化帮扶考核"
FAULTY = "id: a-2026\ntitle: 未写完\ngrades: [好\n"


@pytest.fixture
def draft(store: Store) -> OwnScheme:
    return store.create_scheme(TITLE, COUNTY, "张三", based_on="jiangmen-2020-county")


def _in_force(store: Store, made: OwnScheme) -> OwnScheme:
    made = store.advance_scheme(made.id, "李四", made.revision)
    made = store.advance_scheme(made.id, "李四", made.revision, "江扶办〔2026〕3号")
    return store.advance_scheme(made.id, "李四", made.revision)


def test_a_copy_has_a_title_and_an_id_of_its_own_and_is_word_for_word_the_template_otherwise(draft: OwnScheme) -> None:
    assert (draft.id, draft.revision, draft.state, draft.based_on) == (1, 1, "draft", "jiangmen-2020-county")
    assert (draft.scheme_id, draft.title) == ("jiangmen-2020-county-2", TITLE)
    as_it_was = draft.text.replace("id: jiangmen-2020-county-2", "id: jiangmen-2020-county")
    assert as_it_was.replace(TITLE, "2020年江门市县级党委和政府扶贫开发成效考核") == COUNTY
    assert draft.hash == load_scheme(draft.text).hash != scheme("jiangmen-2020-county").hash


def test_the_template_is_the_revision_that_was_copied_whatever_else_bears_its_title(store: Store) -> None:
    first = store.create_scheme("同名", COUNTY, "张三")
    store.create_scheme("同名", scheme_text("ruyuan-2017"), "张三")
    store.save_scheme(first.id, first.text.replace("减贫成效", "帮扶成效"), "张三", 1)
    copy = store.create_scheme("明年", COUNTY, "张三", based_on="own-1-1")
    store.remove_scheme(first.id, "张三", "过时", 2)
    assert store.template_of(copy) == ("同名", first.text)
    assert store.template_words(copy) == "《同名》"


def test_a_title_kept_by_an_earlier_program_finds_its_template_where_one_alone_bears_it(store: Store) -> None:
    first = store.create_scheme("甲县考核", COUNTY, "张三")
    copy = store.create_scheme("明年", COUNTY, "张三", based_on="《甲县考核》")
    assert store.template_of(copy) == ("甲县考核", first.text)
    assert store.template_words(copy) == "《甲县考核》"
    store.create_scheme("甲县考核", scheme_text("ruyuan-2017"), "张三")
    assert store.template_of(copy) is None, "there is no telling which of the two it was"


@pytest.mark.parametrize("based_on", ["", "Excel指标表", "own-9-1", "own-x"])
def test_what_is_no_template_is_told_as_it_is_kept(store: Store, based_on: str) -> None:
    made = store.create_scheme("甲", COUNTY, "张三", based_on)
    assert (store.template_of(made), store.template_words(made)) == (None, based_on)


def test_a_second_copy_gets_the_next_free_id(store: Store, draft: OwnScheme) -> None:
    again = store.create_scheme("另一个", COUNTY, "张三")
    assert (again.id, again.scheme_id) == (2, "jiangmen-2020-county-3")
    assert [each.title for each in store.own_schemes()] == [TITLE, "另一个"]


def test_a_scheme_with_an_id_of_its_own_keeps_it(store: Store) -> None:
    text = COUNTY.replace("id: jiangmen-2020-county", "id: pengjiang-2026", 1)
    assert store.create_scheme(TITLE, text, "张三").scheme_id == "pengjiang-2026"


def test_a_title_with_a_colon_or_a_quote_is_written_so_that_it_reads_back(store: Store) -> None:
    title = '考核: "试行" #1'
    made = store.create_scheme(title, COUNTY, "张三")
    assert (made.title, load_scheme(made.text).title) == (title, title)


def test_a_draft_may_be_faulty_and_is_kept_as_it_was_written(store: Store) -> None:
    made = store.create_scheme("未写完", FAULTY, "张三")
    assert (made.text, made.hash, made.scheme_id, made.title) == (FAULTY, "", "own-1", "未写完")
    with pytest.raises(StoreProblem, match=r"方案尚有错误，不能转为“已同意”：第4行.*改正后再办理"):
        store.advance_scheme(made.id, "张三", made.revision)
    assert store.own_scheme(made.id) == made


def test_each_save_is_a_revision_and_the_earlier_ones_stay(store: Store, draft: OwnScheme) -> None:
    text = draft.text.replace("weight: 40", "weight: 45").replace("municipal, name: 市级考核, weight: 30",
                                                                 "municipal, name: 市级考核, weight: 25")  # fmt: skip
    saved = store.save_scheme(draft.id, text, "李四", draft.revision, note="交叉考核加重")
    assert (saved.revision, saved.note, saved.actor, saved.state) == (2, "交叉考核加重", "李四", "draft")
    assert store.scheme_revisions(draft.id) == [saved, draft]
    assert (store.own_schemes(), store.own_scheme(draft.id)) == ([saved], saved)
    assert saved.hash != draft.hash


def test_a_title_written_in_the_text_is_the_schemes_title(store: Store, draft: OwnScheme) -> None:
    saved = store.save_scheme(draft.id, draft.text.replace(TITLE, "改了名"), "张三", 1)
    assert saved.title == "改了名"


def test_the_same_text_again_makes_no_revision_and_no_log_line(store: Store, draft: OwnScheme) -> None:
    before = store.log()
    assert store.save_scheme(draft.id, draft.text, "李四", draft.revision) == draft
    assert store.log() == before


def test_a_save_on_an_older_look_is_refused(store: Store, draft: OwnScheme) -> None:
    store.save_scheme(draft.id, draft.text + "# 李四\n", "李四", 1)
    with pytest.raises(Moved, match="已被他人更新"):
        store.save_scheme(draft.id, draft.text + "# 张三\n", "张三", 1)
    with pytest.raises(Moved):
        store.advance_scheme(draft.id, "张三", 1)
    assert [each.revision for each in store.scheme_revisions(draft.id)] == [2, 1]


@pytest.mark.parametrize("taken", ["ruyuan-2017", "pengjiang-2026"])
def test_the_id_of_another_scheme_is_refused_with_a_free_one(store: Store, draft: OwnScheme, taken: str) -> None:
    store.create_scheme("别的", COUNTY.replace("id: jiangmen-2020-county", "id: pengjiang-2026", 1), "张三")
    text = draft.text.replace("id: jiangmen-2020-county-2", f"id: {taken}", 1)
    with pytest.raises(StoreProblem, match=f"“{taken}”已是另一方案的编号.*如“{taken}-2”"):
        store.save_scheme(draft.id, text, "张三", 1)


def test_from_draft_to_in_force_step_by_step_each_on_record(store: Store, draft: OwnScheme) -> None:
    made = _in_force(store, draft)
    steps = [(each.state, each.paper) for each in store.scheme_revisions(draft.id)]
    assert steps == [("in_force", "江扶办〔2026〕3号"), ("filed", "江扶办〔2026〕3号"), ("agreed", ""), ("draft", "")]
    assert (made.text, made.hash) == (draft.text, draft.hash)
    with pytest.raises(StoreProblem, match="已在执行，无须再办理"):
        store.advance_scheme(made.id, "李四", made.revision)


def test_filing_needs_its_paper(store: Store, draft: OwnScheme) -> None:
    agreed = store.advance_scheme(draft.id, "李四", 1)
    with pytest.raises(StoreProblem, match="备案文号不能为空"):
        store.advance_scheme(draft.id, "李四", agreed.revision, " ")
    assert store.own_scheme(draft.id) == agreed


def test_what_is_agreed_is_read_only_until_it_is_sent_back_with_a_reason(store: Store, draft: OwnScheme) -> None:
    agreed = store.advance_scheme(draft.id, "李四", 1, "会议纪要〔2026〕1号")
    with pytest.raises(StoreProblem, match="该方案为“已同意”，不能修改。请先写明理由，退回草案"):
        store.save_scheme(draft.id, "id: x", "张三", agreed.revision)
    with pytest.raises(StoreProblem, match="不能移除"):
        store.remove_scheme(draft.id, "张三", "误建", agreed.revision)
    with pytest.raises(StoreProblem, match="退回理由不能为空"):
        store.return_scheme(draft.id, "李四", " ", agreed.revision)
    back = store.return_scheme(draft.id, "李四", "权重有误", agreed.revision)
    assert (back.state, back.note, back.paper, back.revision) == ("draft", "权重有误", "会议纪要〔2026〕1号", 3)
    assert store.save_scheme(draft.id, draft.text + "# 改\n", "张三", 3).revision == 4


def test_a_draft_sent_back_keeps_its_former_number_and_is_agreed_to_anew_without_it(store: Store, draft: OwnScheme) -> None:
    store.advance_scheme(draft.id, "李四", 1, "会议纪要1号")
    store.advance_scheme(draft.id, "李四", 2, "江扶办〔2026〕3号")
    back = store.return_scheme(draft.id, "李四", "权重有误", 3)
    assert back.paper == "江扶办〔2026〕3号"
    assert store.advance_scheme(draft.id, "李四", 4).paper == "", "the number of a 备案 is not that of a 同意"
    with pytest.raises(StoreProblem, match="备案文号不能为空"):
        store.advance_scheme(draft.id, "李四", 5)
    said = store.scheme_revisions(draft.id)
    assert [paper_before(said, state) for state in ("agreed", "filed", "in_force")] == ["", "江扶办〔2026〕3号", ""]


def test_what_is_in_force_never_goes_back(store: Store, draft: OwnScheme) -> None:
    made = _in_force(store, draft)
    for refused in (
        lambda: store.return_scheme(made.id, "李四", "改", made.revision),
        lambda: store.save_scheme(made.id, "id: x", "张三", made.revision),
        lambda: store.remove_scheme(made.id, "张三", "改", made.revision),
    ):
        with pytest.raises(StoreProblem, match="以它为模板新建"):
            refused()
    assert store.own_scheme(made.id) == made


def test_a_draft_has_nowhere_to_go_back_to(store: Store, draft: OwnScheme) -> None:
    with pytest.raises(StoreProblem, match="是草案，无须退回"):
        store.return_scheme(draft.id, "李四", "改", 1)


def test_a_skeleton_is_not_agreed_to(store: Store) -> None:
    made = store.create_scheme(TITLE, COUNTY + "status: skeleton\n", "张三")
    with pytest.raises(StoreProblem, match=r"尚不完整（status: skeleton），不能转为“已同意”"):
        store.advance_scheme(made.id, "李四", 1)


def test_a_removed_draft_is_hidden_kept_and_frees_its_id(store: Store, draft: OwnScheme) -> None:
    with pytest.raises(StoreProblem, match="移除理由不能为空"):
        store.remove_scheme(draft.id, "张三", "", draft.revision)
    store.remove_scheme(draft.id, "张三", "重复", 1)
    assert store.own_schemes() == []
    with pytest.raises(StoreProblem, match="没有这个自编方案，或已移除"):
        store.own_scheme(draft.id)
    assert [(each.state, each.note) for each in store.scheme_revisions(draft.id)] == [("removed", "重复"), ("draft", "")]
    again = store.create_scheme(TITLE, COUNTY, "张三")
    assert (again.id, again.scheme_id) == (2, "jiangmen-2020-county-2")


def test_a_removal_on_an_older_look_is_refused_so_that_nobodys_newer_work_disappears(store: Store, draft: OwnScheme) -> None:
    saved = store.save_scheme(draft.id, draft.text + "# 李四\n", "李四", 1)
    with pytest.raises(Moved, match="已被他人更新"):
        store.remove_scheme(draft.id, "张三", "重复", 1)
    assert store.own_schemes() == [saved]
    assert store.removed_schemes() == []


def test_a_removed_draft_is_listed_apart_and_can_be_restored_with_a_reason(store: Store, draft: OwnScheme) -> None:
    store.remove_scheme(draft.id, "张三", "重复", 1)
    (gone,) = store.removed_schemes()
    assert (gone.id, gone.state, gone.note, gone.actor) == (draft.id, "removed", "重复", "张三")
    with pytest.raises(StoreProblem, match="恢复理由不能为空"):
        store.restore_scheme(draft.id, "李四", " ")
    back = store.restore_scheme(draft.id, "李四", "移错了")
    assert (back.state, back.revision, back.note, back.text, back.hash) == ("draft", 3, "移错了", draft.text, draft.hash)
    assert (store.own_schemes(), store.removed_schemes()) == ([back], [])
    (line,) = store.log(action="恢复方案")
    assert details_text(line, {}) == f"原为：已移除；状态：草案；理由：移错了；方案校验值：{draft.hash[:12]}…"


def test_a_restored_draft_whose_id_was_taken_meanwhile_gets_a_free_one(store: Store, draft: OwnScheme) -> None:
    store.remove_scheme(draft.id, "张三", "重复", 1)
    assert store.create_scheme("另一个", COUNTY, "张三").scheme_id == draft.scheme_id
    back = store.restore_scheme(draft.id, "张三", "两个都要")
    assert (back.scheme_id, back.title) == ("jiangmen-2020-county-2-2", TITLE)
    assert load_scheme(back.text).id == "jiangmen-2020-county-2-2"


@pytest.mark.parametrize("number", [1, 9])
def test_only_what_was_removed_is_restored(store: Store, draft: OwnScheme, number: int) -> None:
    with pytest.raises(StoreProblem, match="未被移除，无须恢复"):
        store.restore_scheme(number, "张三", "误点")
    assert store.own_schemes() == [draft]


def test_every_step_is_one_line_of_a_log_whose_chain_holds(store: Store, draft: OwnScheme) -> None:
    store.save_scheme(draft.id, draft.text + "# 改\n", "张三", 1, note="补注")
    agreed = store.advance_scheme(draft.id, "李四", 2)
    store.return_scheme(draft.id, "李四", "口径不清", agreed.revision)
    store.remove_scheme(draft.id, "张三", "重复", 4)
    store.restore_scheme(draft.id, "张三", "仍要用")
    told = [(entry.action, entry.subject.removeprefix(TITLE), entry.assessment) for entry in reversed(store.log())]
    assert told == [
        ("新建方案", "：第1版", None),
        ("修改方案", "：第2版", None),
        ("方案同意", "：第3版", None),
        ("退回方案", "：第4版", None),
        ("移除方案", "：第5版", None),
        ("恢复方案", "：第6版", None),
    ]
    assert store.verify_log() is None


def test_the_log_tells_states_papers_and_reasons_in_words(store: Store, draft: OwnScheme) -> None:
    made = _in_force(store, draft)
    (begun,) = store.log(action="新建方案")
    (filed,) = store.log(action="方案备案")
    assert details_text(begun, {}) == f"状态：草案；模板：《2020年江门市县级党委和政府扶贫开发成效考核》；方案校验值：{draft.hash[:12]}…"
    assert details_text(filed, {}) == (
        f"原为：已同意；文号：江扶办〔2026〕3号；状态：已备案；方案校验值：{made.hash[:12]}…"
    )


@pytest.mark.parametrize(
    ("title", "text", "actor", "words"),
    [
        (" ", COUNTY, "张三", "方案名称不能为空"),
        (TITLE, " \n", "张三", "方案内容不能为空"),
        (TITLE, COUNTY, "", "操作人不能为空"),
        (TITLE, "id: x\n" + "#" * 400_000, "张三", "方案内容过长"),
        (TITLE, "id: \ud800", "张三", "无法保存的字符"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(store: Store, title: str, text: str, actor: str, words: str) -> None:
    with pytest.raises(StoreProblem, match=words):
        store.create_scheme(title, text, actor)
    assert (store.own_schemes(), store.log()) == ([], [])
