"""The document's text clause by clause, with what was made of it beside: rules, doubts (原文存疑), and what the register says.

The register (条款落实) speaks where no rule stands under a clause, and of whatever is only shown or left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from components.rules import register_view
from components.rules.scheme_view import UNSAID
from components.tables import table
from components.text import escape, searched
from data import register
from data.clauses import HEAD, LIST, Clause
from data.register import Entry
from scoring.rulebook import Rule
from scoring.rules import Doubt
from scoring.scheme import Scheme

DOUBTFUL = ":orange-badge[:material/help: 原文存疑]"
FEW = 10
"""Rows of a printed table that are shown outside it when they hold what was looked for."""
_BOUNDARY = "\u200b"  # lets a directive end beside Chinese punctuation
_PARAGRAPH = re.compile("</?p>")  # the printed table of 附件2-2 came with them
_QUOTED = re.compile(r"“([^“”]{2,})”|(?<!\d)(\d{4,})(?=[元人户])")
_UNREADABLE = re.compile("[\u1800-\u18af]")  # 蒙古文 at the head of 内蒙古's paper, garbled where it was read from
LONG = 700
"""Letters of a clause beyond which only the paragraphs that a doubt quotes are shown at once."""


@dataclass
class Row:
    """A clause and what stands beside it; ``clause`` is None for the rules that no clause stands for."""

    clause: Clause | None
    rules: list[Rule] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    scheme: str = ""

    @property
    def told(self) -> list[Entry]:
        """What of the register must be said here: nothing that a rule or a doubt beside it already says."""
        fresh = [entry for entry in self.entries if not self.rules or entry.status != "implemented"]
        return [entry for entry in fresh if not (self.doubts and _only_doubts(entry))]

    @property
    def text(self) -> str:
        """All that is written in the row, for searching."""
        said = [f"{self.clause.key}\n{self.clause.text}"] if self.clause else []
        said += [f"{rule.kind} {rule.text} {rule.assumed}" for rule in self.rules]
        said += [doubt.text for doubt in self.doubts]
        said += [f"{entry.note} {register_view.where(entry, self.scheme)}" for entry in self.told]
        return "\n".join(said)


def _only_doubts(entry: Entry) -> bool:
    return bool(entry.paths) and all(path.startswith("doubts") for path in entry.paths)


def beside(scheme: Scheme, clauses: Sequence[Clause], part: str, rules: Iterable[Rule]) -> list[Row]:
    """Each clause with its rules, doubts and register, in the document's order; last, under None, what has no clause.

    A clause of another part of the paper (广东2019 carries two documents) is left out.
    """
    own = [clause for clause in clauses if clause.part == part or not part or not clause.part]
    rows = {id(clause): Row(clause, scheme=scheme.id) for clause in own}
    loose = Row(None, scheme=scheme.id)
    for rule in rules:
        homes = {id(home) for cite in rule.cites if (home := register.named(own, part, cite))}
        for row in [rows[home] for home in sorted(homes)] or [loose]:
            row.rules.append(rule)
    for doubt in scheme.doubts:
        home = register.named(own, part, doubt.clause)
        (rows[id(home)] if home else loose).doubts.append(doubt)
    for entry in register.of_scheme(scheme.id):
        if home := register.named(own, part, entry.clause):
            rows[id(home)].entries.append(entry)
    return [*rows.values(), *([loose] if loose.rules or loose.doubts else [])]


def matching(rows: Sequence[Row], needle: str, chosen: Rule | None, *, only_ruled: bool) -> list[Row]:
    """The rows that a search, a chosen rule and the wish for clauses with rules leave.

    The number of a clause finds it and what lies beneath it. Otherwise words are parted by blanks and each must occur,
    whatever the width of its letters and brackets.
    """
    numbered = [row for row in rows if row.clause and searched(row.clause.key) == searched(needle)]
    words = [searched(word) for word in needle.split()]
    found = []
    for row in rows:
        if numbered:
            wanted = row.clause is not None and searched(row.clause.key).startswith(searched(needle))
        else:
            text = searched(row.text)
            wanted = all(word in text for word in words)
        if wanted and (chosen is None or chosen in row.rules) and (row.rules or not only_ruled):
            found.append(row)
    return found


def side_by_side(rows: Iterable[Row], needle: str, chosen: Rule | None) -> None:
    """One row a clause: the document's words on the left, what was made of them on the right."""
    words = needle.split()
    for row in rows:
        with st.container(border=True):
            if row.clause and not (row.rules or row.doubts or row.told):
                _clause(row.clause, words, aside="　:gray[未产生规则]")
                continue
            left, right = st.columns(2, gap="large")
            with left:
                _clause(row.clause, [*words, *_phrases(row.rules, chosen)])
            with right:
                _rules(row, words, chosen)
                _doubts(row.doubts, words)
                register_view.lines(row.told, row.scheme)


def _phrases(rules: Sequence[Rule], chosen: Rule | None) -> list[str]:
    return [phrase for rule in rules if chosen in (None, rule) for phrase in rule.phrases]


def _clause(clause: Clause | None, phrases: Sequence[str], aside: str = "") -> None:
    if clause is None:
        st.markdown(f"{UNSAID}{_BOUNDARY}")
        st.caption("原文没有条文可依。右侧各项按口径处理，理由与其他口径见“口径”。")
        return
    title = f"　{highlighted(clause.title, phrases)}" if clause.title else ""
    st.markdown(f"**{escape(clause.key)}{title}{_BOUNDARY}**{aside}")
    gap = "  \n" if clause.key in (HEAD, LIST) else "\n\n"
    if shown := [text for text in clause.paragraphs if not _UNREADABLE.search(text)]:
        st.markdown(gap.join(highlighted(paragraph, phrases) for paragraph in shown))
    if len(shown) < len(clause.paragraphs):
        st.caption("文头另有蒙古文抬头，从略。")
    if clause.rows:
        meant = _rows_with(clause.rows, phrases)
        if meant:
            _printed(meant, phrases, f"{clause.key}原表中相关的行")
        with st.expander(f"原表（{len(clause.rows)}行）", icon=":material/table:"):
            _printed(clause.rows, [], f"{clause.key}的原表")


def _rows_with(rows: Sequence[tuple[str, ...]], phrases: Iterable[str]) -> list[tuple[str, ...]]:
    """The rows of a printed table that hold what is looked for; none where it marks out no few of them."""
    wanted = [searched(phrase) for phrase in phrases if phrase.strip()]
    found = [row for row in rows if any(phrase in searched("".join(row)) for phrase in wanted)]
    return found if len(found) <= FEW else []


def _printed(rows: Sequence[tuple[str, ...]], phrases: Sequence[str], alt: str) -> None:
    """Rows of a table as printed, shifted ones and all."""
    width = max(len(row) for row in rows)
    whole = [
        [" ".join(_PARAGRAPH.sub(" ", text).split()) for text in (*row, *[""] * (width - len(row)))] for row in rows
    ]
    kept = [column for column in range(width) if any(row[column] for row in whole)]
    names = {column: "\u200b" * (place + 1) for place, column in enumerate(kept)}
    table([{names[column]: highlighted(row[column], phrases) for column in kept} for row in whole], alt)


def _rules(row: Row, words: Sequence[str], chosen: Rule | None) -> None:
    for rule in row.rules:
        mark = ":blue-badge[所选]" if chosen == rule else ""
        also = [cite for cite in rule.cites if row.clause and cite != row.clause.key]
        rest = f"　:gray[另见{escape('、'.join(also))}]" if also else ""
        reason = f"  \n:gray[{escape(rule.assumed)}]" if rule.assumed else ""
        st.markdown(f"{mark}{_BOUNDARY}**{rule.kind}**　{highlighted(rule.text, words)}{rest}{reason}")


def _doubts(doubts: Iterable[Doubt], words: Sequence[str]) -> None:
    for doubt in doubts:
        st.markdown(f"{DOUBTFUL}{_BOUNDARY}　{highlighted(doubt.text, words)}")


def doubtful(rows: Iterable[Row]) -> None:
    """原文存疑: each contradiction or gap beside the clause's own words, what it quotes of them on a coloured ground."""
    st.caption("以下为印发文本自身的矛盾或缺漏。本系统照录，不作更改；处理办法见各条说明与“口径”。")
    for row in rows:
        if not row.doubts:
            continue
        with st.container(border=True):
            left, right = st.columns(2, gap="large")
            with left:
                _quoted(row)
            with right:
                _doubts(row.doubts, [])


def _quoted(row: Row) -> None:
    """The clause with whatever its doubts quote marked; of a long one only those paragraphs, the whole being folded."""
    phrases = ["".join(found) for doubt in row.doubts for found in _QUOTED.findall(doubt.text)]
    clause = row.clause
    if clause is None or sum(map(len, clause.paragraphs)) <= LONG:
        _clause(clause, phrases)
        return
    wanted = [searched(phrase) for phrase in phrases]
    meant = tuple(text for text in clause.paragraphs if any(phrase in searched(text) for phrase in wanted))
    _clause(replace(clause, paragraphs=meant, rows=()), phrases)
    with st.expander("全文", icon=":material/article:"):
        _clause(clause, phrases)


def highlighted(text: str, phrases: Iterable[str]) -> str:
    """The text as safe Markdown with every phrase on a coloured ground; longer phrases first, none inside another.

    A phrase is found whatever the width of its letters and brackets, and across blanks that the print puts in.
    """
    wanted = sorted({phrase for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    parts = re.split("(" + "|".join(map(_pattern, wanted)) + ")", text, flags=re.IGNORECASE)
    return "".join(f":blue-background[{escape(p)}]{_BOUNDARY}" if i % 2 else escape(p) for i, p in enumerate(parts))


def _pattern(phrase: str) -> str:
    letters = [_either_width(letter) for letter in unicodedata.normalize("NFKC", phrase) if not letter.isspace()]
    return r"\s*".join(letters)


def _either_width(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
    return f"[{re.escape(letter)}{re.escape(wide)}]" if wide != letter else re.escape(letter)
