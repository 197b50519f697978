"""An official document's own text, cut into its clauses (条款): what a rule's ``cite`` leads to.

Headings are read as officials number them: 一、 · （一） · 1. · 第一条 · 附件1. A line with tabs is a row of a table,
never a heading. Some papers carry several documents, each counting from 一 again (广东2019: 附件1 and 附件2); then
``part`` says in which attachment a clause stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.schemes import FOLDER

HEAD, PREAMBLE, LIST = "文头", "引言", "附件清单"
_DIGITS = "一二三四五六七八九十"
_ARTICLE = re.compile(rf"(第[{_DIGITS}百]+条)\s*(.*)")
_CHAPTER = re.compile(rf"([{_DIGITS}]+)、\s*(.*)")
_SECTION = re.compile(rf"[（(]\s*([{_DIGITS}]+)\s*[）)]\s*(.*)")
_ITEM = re.compile(r"(\d{1,2})\s*[.．、]\s*(\D.*)")
_ATTACHMENT = re.compile(r"附件\s*(\d+(?:-\d+)?)?\s*[:：]?")
_LISTED = re.compile(r"(?:[-—\s]*附件\s*[:：]\s*)?(\d+(?:-\d+)?)\s*[.．、]\s*(\S.*)")
_LIST_BEGINS = re.compile(r"[-—\s]*附件\s*[:：]\s*\d")
_SENTENCE_END = tuple("。：；！？:;")


@dataclass(frozen=True)
class Clause:
    """One clause: ``key`` as cites write it (六（五）, 第七条（一）, 附件1), its heading, its paragraphs and table rows."""

    key: str
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    part: str = ""

    @property
    def text(self) -> str:
        """All that it says, heading first, for searching."""
        return "\n".join((self.title, *self.paragraphs, *("　".join(filter(None, row)) for row in self.rows)))


@dataclass
class _Reader:
    """Where the reading stands: the numbers above the present line, and the clauses so far."""

    done: list[Clause] = field(default_factory=list)
    key: str = HEAD
    title: str = ""
    part: str = ""
    chapter: str = ""
    section: str = ""
    lines: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    listing: bool = False

    def begin(self, key: str, title: str, body: str) -> None:
        """Close the present clause and begin the next."""
        self.close()
        self.key, self.title, self.lines, self.rows = key, title, [body] if body else [], []
        self.listing = False

    def close(self) -> None:
        """Keep the present clause if it says anything."""
        paragraphs = tuple(self.lines) if self.key in (HEAD, LIST) else _joined(self.lines)
        if self.title or paragraphs or self.rows:
            self.done.append(Clause(self.key, self.title, paragraphs, tuple(self.rows), self.part))


def document_text(name: str) -> str:
    """The text of a scheme's document, "" where there is none. ``name`` is a file's bare name beside the schemes."""
    path = FOLDER / "texts" / name
    if not name or path.name != name or not path.is_file():
        return ""
    return path.read_text(encoding="utf-8")


def read_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses in the document's order. Whatever stands before the first number is 文头, and 引言 where it explains
    (为…，制定本方案). Text that has no numbers at all is one clause, 文头."""
    reader = _Reader()
    for line in text.splitlines():
        clean = line.strip("\r\n ").replace("*", "").lstrip("#").strip(" ").removeprefix("- ")
        if "\t" in clean:
            reader.rows.append(tuple(cell.strip() for cell in clean.split("\t")))
        elif clean.strip():
            _read(reader, clean.strip())
    reader.close()
    return tuple(reader.done)


def _read(reader: _Reader, line: str) -> None:
    if _LIST_BEGINS.match(line):
        reader.begin(LIST, "附件", "")
        reader.listing = True
    listed = _LISTED.fullmatch(line) if reader.listing else None
    if listed:
        # the list of attachments: its titles may be all that announces them later
        reader.titles[listed[1]] = _squeezed(listed[2])
        reader.lines.append(f"{listed[1]}. {listed[2]}")
    elif not _begins_attachment(reader, line) and not _begins_clause(reader, line):
        reader.lines.append(line)


def _begins_attachment(reader: _Reader, line: str) -> bool:
    found = _ATTACHMENT.fullmatch(line)
    if found:
        _attach(reader, found[1] or "", "")
        return True
    number = next((no for no, title in reader.titles.items() if title == _squeezed(line)), None)
    if number is None:
        return False
    if reader.key == f"附件{number}":
        reader.title = reader.title or line
    else:
        _attach(reader, number, line)
    return True


def _attach(reader: _Reader, number: str, title: str) -> None:
    reader.begin(f"附件{number}", title, "")
    reader.part = f"附件{number.split('-')[0]}" if number else "附件"
    reader.chapter = reader.section = ""


def _begins_clause(reader: _Reader, line: str) -> bool:
    if found := (_ARTICLE.fullmatch(line) or _CHAPTER.fullmatch(line)):
        reader.chapter, reader.section = found[1], ""
        reader.begin(reader.chapter, *_title_and_body(found[2]))
    elif (found := _SECTION.fullmatch(line)) and reader.chapter:
        reader.section = f"{reader.chapter}（{found[1]}）"
        reader.begin(reader.section, *_title_and_body(found[2]))
    elif (found := _ITEM.fullmatch(line)) and reader.section:
        reader.begin(reader.section + found[1], *_title_and_body(found[2]))
    elif reader.key == HEAD and line.startswith("为") and len(line) > 40:
        reader.begin(PREAMBLE, "", line)
    else:
        return False
    return True


def _title_and_body(text: str) -> tuple[str, str]:
    """A heading ends at its full stop when it is short: "交叉考核。由各市…" gives 交叉考核 and the rest."""
    head, stop, rest = text.partition("。")
    if stop and rest and len(head) <= 16 and "，" not in head:
        return head, rest
    return (text, "") if not stop and len(text) <= 48 and "，" not in text else ("", text)


def _joined(lines: Sequence[str]) -> tuple[str, ...]:
    """Paragraphs that a page's end had torn are whole again: one without an ending runs on into the next line."""
    whole: list[str] = []
    for line in lines:
        if whole and not whole[-1].endswith(_SENTENCE_END):
            whole[-1] += line
        else:
            whole.append(line)
    return tuple(whole)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def normal(cite: str) -> str:
    """A cite as keys are written: full-width brackets, no blanks, 附件 in full."""
    written = re.sub(r"\s", "", cite).replace("(", "（").replace(")", "）")
    return re.sub(r"^附(?=\d)", "附件", written)


def find(clauses: Sequence[Clause], cite: str, part: str = "") -> Clause | None:
    """The clause that a cite names, or the nearest above it: 四（二）② leads to 四（二）. None for one that is not there.

    Where several parts count from 一, the clause in ``part`` goes first.
    """
    wanted = normal(cite)
    near = [clause for clause in clauses if _covers(clause.key, wanted)]
    return max(near, key=lambda clause: (clause.part == part, len(clause.key)), default=None)


def _covers(key: str, wanted: str) -> bool:
    rest = wanted.removeprefix(key)
    return wanted.startswith(key) and not (rest[:1].isdigit() and key[-1].isdigit()) and rest[:1] not in tuple(_DIGITS)


def part_of(clauses: Sequence[Clause], title: str) -> str:
    """The attachment that carries the document of that title; "" for the paper's own body."""
    wanted = _squeezed(title)
    return next(
        (c.part for c in clauses if c.part and wanted and wanted in _squeezed(c.title + "".join(c.paragraphs))), ""
    )
