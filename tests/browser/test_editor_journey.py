"""The planner's year: from last year's scheme to next year's in force, and two people at one draft."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driver import choose, goto, settled
from tests.browser.grid_hands import expect_cell, grid, headings, type_into

TITLE = "2026年江门市县级党委和政府扶贫开发成效考核"


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    expect(page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")
    settled(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def begin(page: Page, title: str = TITLE) -> None:
    """A new draft from 江门2020, open in the page."""
    goto(page, "editor")
    choose(page, "模板方案", "2020年江门市县级党委和政府")
    expect(page.get_by_label("年度", exact=True)).to_be_visible()
    page.get_by_label("年度", exact=True).fill("2026")
    page.get_by_label("方案名称").fill(title)
    settled(page)
    page.get_by_test_id("stMain").get_by_role("button", name="以此为模板新建").last.click()
    expect(page.get_by_text("已新建草案")).to_be_visible()
    expect(page.get_by_role("tab", name="考核方式")).to_be_visible()


def test_next_years_scheme_is_made_from_last_years_and_brought_into_force(open_page: Callable[..., Page]) -> None:
    page = open_page()
    begin(page)
    expect(page.get_by_text("校验通过，可以使用")).to_be_visible()
    expect(page.get_by_text("待填：印发文号、成文日期、统计时间未填；步骤7项未填完成期限")).to_be_visible()

    tab(page, "考核方式")
    editor = grid(page, "权重")
    type_into(page, editor, "权重", 1, "45")
    expect(page.get_by_text("权重合计105，超出5；应为100")).to_be_visible()
    expect(page.get_by_text("各考核方式权重合计为105，应为100")).to_be_visible()
    expect(page.get_by_text("有错误，尚不能使用")).to_be_visible()
    type_into(page, editor, "权重", 2, "25")
    expect(page.get_by_text("权重合计100，正好100")).to_be_visible()
    type_into(page, editor, "考核主体", 1, "县际交叉考核组")
    expect(page.get_by_text("有未保存的改动")).to_be_visible()

    tab(page, "指标")
    items = grid(page, "数据来源")
    type_into(page, items, "指标", 2, "防止规模性返贫长效机制情况")
    tab(page, "考核方式")
    editor = grid(page, "权重")
    for row, weight in enumerate(("45", "25", "30"), start=1):
        expect_cell(editor, "权重", row, weight)
    expect_cell(editor, "考核主体", 1, "县际交叉考核组")
    page.get_by_label("修改说明（可不填）").fill("提高交叉考核的权重")
    press(page, "保存")
    expect(page.get_by_text("已保存为第2版。")).to_be_visible()

    tab(page, "预览")
    expect(page.get_by_text("示例数据").first).to_be_visible()
    expect(page.get_by_role("cell", name="蓬江区", exact=True)).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载空白评分表（zip）").click()
    assert taken.value.suggested_filename.endswith("_空白评分表.zip")

    tab(page, "办理")
    press(page, "办理同意…")
    expect(page.get_by_text("请再核对一遍")).to_be_visible()
    expect(page.get_by_text("权重").first).to_be_visible()
    press(page, "确认办理同意")
    expect(page.get_by_text("办理同意后为“已同意”。")).to_be_visible()
    tab(page, "办理")
    press(page, "办理备案…")
    page.get_by_label("备案文号").fill("江备〔2026〕5号")
    press(page, "确认办理备案")
    expect(page.get_by_text("办理备案后为“已备案”。")).to_be_visible()
    tab(page, "办理")
    press(page, "转为执行…")
    press(page, "确认转为执行")
    expect(page.get_by_text("已转为“执行”。")).to_be_visible()

    expect(page.get_by_role("button", name="保存", exact=True)).to_have_count(0)
    tab(page, "考核方式")
    settled_grid = grid(page, "权重")
    expect_cell(settled_grid, "权重", 1, "45")
    expect(settled_grid.locator("td[aria-readonly=false]")).to_have_count(0)
    assert "次序" in headings(settled_grid)
    tab(page, "办理")
    press(page, "以此为模板新建下一年度")
    expect(page.get_by_label("方案名称")).to_have_value("2027年江门市县级党委和政府扶贫开发成效考核")
    page.go_back()
    settled(page)
    tab(page, "办理")
    press(page, "用此方案新建年度考核")
    expect(page.get_by_role("combobox", name="方案", exact=True)).to_have_value(f"{TITLE}（自编，执行，第5版）")


def test_of_two_people_the_second_sees_both_values_and_loses_nothing(open_page: Callable[..., Page]) -> None:
    first = open_page()
    begin(first, "2026年两人同改的考核")
    address = first.url
    second = open_page()
    second.goto(address)
    settled(second)
    for page, weight in ((first, "20"), (second, "25")):
        tab(page, "考核方式")
        type_into(page, grid(page, "权重"), "权重", 3, weight)
        expect(page.get_by_text("有未保存的改动")).to_be_visible()
    type_into(second, grid(second, "权重"), "考核主体", 1, "督查组")
    press(first, "保存")
    expect(first.get_by_text("已保存为第2版。")).to_be_visible()

    press(second, "保存")
    expect(second.get_by_text("您的改动尚未保存")).to_be_visible()
    clash = second.get_by_role("row").filter(has_text="日常工作 → 权重")
    for told in ("30", "20", "25", "双方都改了"):
        expect(clash.get_by_role("cell", name=told, exact=True)).to_be_visible()
    press(second, "合并：采用对方的改动，再加上我的改动")
    expect(second.get_by_text("有未保存的改动")).to_be_visible()
    editor = grid(second, "权重")
    expect_cell(editor, "权重", 3, "25")
    expect_cell(editor, "考核主体", 1, "督查组")


def test_yaml_and_tables_are_one_draft(page: Page) -> None:
    begin(page, "2026年用文本修改的考核")
    tab(page, "YAML")
    box = page.get_by_role("textbox", name="方案的YAML文本")
    expect(box).to_have_value(re.compile("weight: 40"))  # the box is drawn a moment before its text is there
    text = box.input_value()
    box.fill(text.replace("weight: 40", "weight: 4x"))
    expect(page.get_by_text("“4x”不是数")).to_be_visible()
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "weight: 40" in each)
    expect(page.get_by_text(f"第{line}行", exact=False).first).to_be_visible()
    box.fill(text.replace("weight: 40", "weight: 38").replace("weight: 30, marks: [ticks", "weight: 32, marks: [ticks"))
    tab(page, "考核方式")
    expect(page.get_by_text("权重合计100，正好100")).to_be_visible()
    expect_cell(grid(page, "权重"), "权重", 1, "38")
