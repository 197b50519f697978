"""名册: household numbers and places alone; whatever names a person is refused whole, said by its place and never repeated."""

from __future__ import annotations

import io
import json
from functools import partial

import openpyxl
import pytest

from data import frame_worker
from data.frame_worker import dump, read_apart
from data.frames import MOST_KINDS, Frame, read_frame
from data.sheets.pool import Pool
from scoring.sampling import Entry

GOOD = "户编号,镇,村,类别\nA001,大桥镇,白石村,分散贫困户\nA002,大桥镇,核桃山村,集中贫困户\nA003,洛阳镇,白竹村,\n"


def table(text: str, level: str = "household", encoding: str = "utf-8") -> Frame:
    return read_frame("名册.csv", text.encode(encoding), level)  # type: ignore[arg-type]


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_households_come_by_number_with_their_places_and_kinds(encoding: str) -> None:
    frame = table(GOOD, encoding=encoding)
    assert (frame.problems, frame.notes) == ((), ())
    assert frame.entries[0] == Entry("A001", (("town", "大桥镇"), ("village", "白石村")), frozenset({"分散贫困户"}))
    assert [entry.name for entry in frame.entries] == ["A001", "A002", "A003"]
    assert frame.kinds == ("分散贫困户", "集中贫困户")


def test_a_workbook_and_a_text_of_the_same_list_have_the_same_hash() -> None:
    rows = [line.split(",") for line in GOOD.strip().splitlines()]
    assert read_frame("a.xlsx", workbook(("表", rows))).hash == table(GOOD).hash  # type: ignore[arg-type]
    swapped = "\n".join([GOOD.splitlines()[0], *reversed(GOOD.strip().splitlines()[1:])])
    assert table(swapped).hash != table(GOOD).hash  # the order of a list matters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("户编号,镇,备注\n1,大桥镇,440232198001011234\n", "第2行C列像身份证号。抽样只需户编号，请删去姓名、身份证号"),
        ("户编号,镇,备注\n1,大桥镇,44023219800101123X\n", "第2行C列像身份证号"),
        ("户编号,镇,备注\n1,大桥镇,身份证：４４０２３２１９８００１０１１２３４\n", "第2行C列像身份证号"),
        ("户编号,镇,备注\n1,大桥镇,440232 19800101 1234\n", "第2行C列像身份证号"),
        ("户编号,镇\n440232198001011234,大桥镇\n", "第2行A列像身份证号"),
        ("户编号,镇,备注\n1,大桥镇,13800138000\n", "第2行C列像电话号码"),
        ("户编号,镇,备注\n1,大桥镇,电0751-5381234\n", "第2行C列像电话号码"),
        ("户编号,镇,姓名\n1,大桥镇,张三\n", "第1行C列是“姓名”一列"),
        ("户编号,镇,户主\n1,大桥镇,张三\n", "第1行C列是“姓名”一列"),
        ("户编号,镇,公民身份号码\n1,大桥镇,\n", "第1行C列是“身份证号”一列"),
        ("户编号,镇,联系电话\n1,大桥镇,\n", "第1行C列是“电话”一列"),
        ("户编号,镇,一卡通账号\n1,大桥镇,\n", "第1行C列是“银行账号”一列"),
        ("户编号,镇,家庭住址\n1,大桥镇,\n", "第1行C列是“住址”一列"),
    ],
)
def test_what_names_a_person_is_refused_with_its_place(text: str, words: str) -> None:
    frame = table(text)
    assert words in frame.problems[0]
    assert "本次没有保留文件中的任何内容" in frame.problems[0]
    assert frame.entries == ()
    assert "张三" not in dump(frame)
    assert "1980" not in dump(frame)
    assert "13800138000" not in dump(frame)


def test_a_person_on_a_hidden_sheet_or_beside_a_good_list_refuses_the_file_too() -> None:
    good = [line.split(",") for line in GOOD.strip().splitlines()]
    content = workbook(("名册", good), ("底册", [["张三", "440232198001011234"]]), hidden="底册")  # type: ignore[list-item]
    assert "工作表“底册”第1行B列像身份证号" in read_frame("a.xlsx", content).problems[0]


def test_every_place_is_told_at_once() -> None:
    lines = "\n".join(f"{n},大桥镇,4402321980010112{n:02}" for n in range(30))
    frame = table(f"户编号,镇,备注\n{lines}\n")
    assert frame.problems[1] == "第3行C列像身份证号，也请删去"
    assert frame.problems[-1] == "另有10处"


def test_a_number_as_long_as_an_identity_number_but_no_birthday_is_a_household() -> None:
    assert table("户编号,镇\n440232100201000123,大桥镇\n").problems == ()  # 县6位、镇3位、村3位、户6位
    assert "像身份证号" in table("户编号,镇\n440232198002291234,大桥镇\n440232198002281234,大桥镇\n").problems[0]
    assert table("户编号,镇\n440232198002301234,大桥镇\n").problems == ()  # there is no 30th of February


def test_an_identity_number_of_15_digits_is_one_too() -> None:
    frame = table("户编号,镇\n440232800101123,大桥镇\n")
    assert frame.problems[0].startswith("第2行A列像身份证号")
    assert "440232800101123" not in dump(frame)
    assert table("户编号,镇\n440232801301123,大桥镇\n").problems == ()  # no 13th month
    assert table("户编号,镇\n440232101003001,大桥镇\n").problems == ()  # 县6位、镇101、村003、户001


@pytest.mark.parametrize("number", ["张三1", "大桥01", "1号户", "A_1", "A", "1.5"])
def test_a_household_number_is_made_of_digits_letters_hyphens_and_slashes(number: str) -> None:
    frame = table(f"户编号,镇\n{number},大桥镇\n")
    assert frame.problems[0].startswith("A2不像户编号：户编号须有数字，此外只用字母、“-”和“/”。抽样只需户编号")
    assert f"“{number}”" not in dump(frame)
    assert "张三" not in dump(frame)


@pytest.mark.parametrize("number", ["1", "A001", "440232-101/003-12", "Ａ００１"])
def test_such_a_number_is_taken(number: str) -> None:
    assert table(f"户编号,镇\n{number},大桥镇\n").problems == ()


def test_what_stands_once_and_may_be_a_name_is_asked_about_without_repeating_it() -> None:
    text = "户编号,镇,村,类别\n1,大桥镇,白石村,低保\n2,大桥镇,李小四,张三\n3,大桥镇,白石村,高龄\n4,大桥镇,张屋村,高龄\n"
    frame = table(text)
    assert frame.doubts == ("D3“类别”像人名", "C3“村”像人名")
    assert read_apart("a.csv", text.encode()) == frame
    assert len(frame.entries) == 4


def test_the_villages_of_a_list_of_villages_are_no_names() -> None:
    assert table("镇,村\n大桥镇,白石\n大桥镇,张家\n", level="village").doubts == ()


@pytest.mark.parametrize(
    ("given", "kept"), [("张三.XLSX", "名册.xlsx"), ("a/b/张三.et", "名册.et"), ("张三", "名册"), ("x.张三", "名册")]
)
def test_of_a_files_name_only_the_ending_is_kept(given: str, kept: str) -> None:
    assert read_frame(given, GOOD.encode()).file == kept
    assert read_apart(given, b"").file == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "文件是空的"),
        ("镇,村\n大桥镇,白石村\n", "没有找到“户编号”一列。请在表头写明“户编号”"),
        ("户编号,镇\n", "表头之下没有内容"),
        ("户编号,镇\n,大桥镇\n", "A2缺“户编号”。请补填，或删去这一行"),
        ("户编号,镇\n张三,大桥镇\n", "A2不像户编号"),
        ("户编号,镇,村\n1,大桥镇,白石村\n1,大桥镇,白石村\n", "A3户编号与A2重复。请核对，每户只列一行"),
        ("户编号,类别\n" + "\n".join(f"{n},类{n}" for n in range(MOST_KINDS + 1)), "种不同的写法，不像类别"),
    ],
)
def test_a_list_that_cannot_be_used_says_why_and_how_to_mend_it(text: str, words: str) -> None:
    frame = table(text)
    assert any(words in problem for problem in frame.problems), frame.problems
    assert frame.entries == ()


def test_a_name_in_the_column_of_numbers_is_not_repeated() -> None:
    assert "张三" not in "".join(table("户编号,镇\n张三,大桥镇\n").problems)


def test_numbers_may_begin_anew_in_each_village() -> None:
    frame = table("户编号,镇,村\n1,大桥镇,白石村\n1,大桥镇,核桃山村\n")
    assert len(frame.entries) == 2


def test_columns_that_are_not_needed_are_neither_read_nor_kept() -> None:
    frame = table("序号,户编号,镇,人均收入\n1,A1,大桥镇,9820\n合计,,,9820\n")
    assert frame.notes == ("“人均收入”与抽样无关，没有读取，也没有保留",)
    assert "9820" not in dump(Frame(frame.file, frame.level, frame.entries))
    assert len(frame.entries) == 1


def test_headings_may_stand_below_a_title_and_have_brackets_and_merged_towns_count_for_all_their_rows() -> None:
    rows: list[list[object]] = [
        ["2017年花名册"],
        ["镇（街）", "户编号（县内统一）", "户类型"],
        ["大桥镇", 1, "因病；分散"],
        [None, 2, None],
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(("表", rows))))
    book.worksheets[0].merge_cells("A3:A4")
    kept = io.BytesIO()
    book.save(kept)
    frame = read_frame("a.xlsx", kept.getvalue())
    assert [(entry.name, entry.place("town")) for entry in frame.entries] == [("1", "大桥镇"), ("2", "大桥镇")]
    assert frame.entries[0].kinds == {"因病", "分散"}


def test_one_list_gives_its_villages_each_once_with_their_kinds() -> None:
    text = "户编号,镇,村,村类型\n1,大桥镇,白石村,贫困村\n2,大桥镇,白石村,贫困村\n3,大桥镇,核桃山村,非贫困村\n"
    frame = table(text, level="village")
    assert frame.entries == (
        Entry("白石村", (("town", "大桥镇"),), frozenset({"贫困村"})),
        Entry("核桃山村", (("town", "大桥镇"),), frozenset({"非贫困村"})),
    )


def test_several_sheets_are_one_list_and_the_others_are_told() -> None:
    content = workbook(
        ("大桥", [["户编号", "镇"], ["1", "大桥镇"]]),
        ("说明", [["填表说明"]]),
        ("洛阳", [["户编号", "镇"], ["2", "洛阳镇"]]),
    )
    frame = read_frame("a.xlsx", content)
    assert [entry.name for entry in frame.entries] == ["1", "2"]
    assert frame.notes == ("工作表“说明”没有“户编号”一列，没有读取",)


def test_a_formula_without_a_value_is_no_number() -> None:
    content = workbook(("表", [["户编号", "镇"], ["=A9", "大桥镇"]]))
    assert "A2的公式没有算出“户编号”" in read_frame("a.xlsx", content).problems[0]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"PK\x03\x04broken", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    frame = read_apart("a.xlsx", content)
    assert frame.problems
    assert frame.entries == ()


def test_the_worker_reads_the_same_list() -> None:
    assert read_apart("名册.csv", GOOD.encode()) == table(GOOD)
    assert read_apart("a.csv", b"").problems == table("").problems


def test_a_worker_that_takes_too_long_or_ends_is_a_refused_file(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(workers=1)
    apart = partial(frame_worker._read_apart, pool=pool)
    monkeypatch.setattr(frame_worker, "_read_apart", partial(apart, seconds=0.0))
    assert "已停止，未取用其中任何内容" in read_apart("a.csv", GOOD.encode()).problems[0]
    pool.close()
    monkeypatch.setattr(frame_worker, "_read_apart", apart)
    assert "未取用其中任何内容" in read_apart("a.csv", GOOD.encode()).problems[0]


def test_a_list_is_plain_json() -> None:
    assert json.loads(json.dumps(dump(table(GOOD))))["entries"][0]["name"] == "A001"
