"""What differs between two indicator tables: items that came, went, moved, were renamed or renumbered, and their columns.

What is true of several items alike is said once, with their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from scoring.diff_match import matched
from scoring.diff_rows import Sides, Told, elements, numbers
from scoring.diff_words import listed, said, short
from scoring.elements import Indicator
from scoring.scheme import Scheme

Pairs = list[tuple[Indicator, Indicator]]
_HERE = "这些指标"


def items(before: Sequence[Indicator], after: Sequence[Indicator], whose: str, sides: Sides) -> Iterator[Told]:
    """The sentences on one table; ``whose`` names its group where a scheme has several tables."""
    found = matched(before, after)
    pairs = [(before[old], after[new]) for old, new in found.pairs]
    for told in (
        *(Told(f"删去{_named(before[at])}{_more(before[at], sides.before)}", True) for at in found.gone),
        *(Told(f"增加{_named(after[at])}{_more(after[at], sides.after)}", True) for at in found.come),
        *_renamed(pairs),
        *_renumbered(pairs),
        *_moved(pairs),
        *_columns(pairs, sides),
        *_reordered([old for old, _ in found.pairs], after),
    ):
        yield Told(whose + told.text, told.moves)


def _named(row: Indicator) -> str:
    return f"指标{row.no}{short(row.name, 60)}"


def _more(row: Indicator, scheme: Scheme) -> str:
    """The category of an item that came or went, and what it counts."""
    told = ["·".join(row.path)] + (
        [f"权重{said(scheme, 'Indicator', 'weight', row.weight)}"] if row.weight is not None else []
    )
    names = {part.id: part.name for part in scheme.components}
    told += [f"{names.get(part, part)}满分{said(scheme, 'Indicator', 'full', full)}" for part, full in row.full.items()]
    return f"（{'，'.join(told)}）"


def _renamed(pairs: Pairs) -> Iterator[Told]:
    for old, new in pairs:
        if old.name != new.name:
            yield Told(f"{_named(old)}改名为{short(new.name, 60)}", False)


def _renumbered(pairs: Pairs) -> Iterator[Told]:
    """Items pushed on together by one that came before them are told together."""
    by_shift: dict[int, list[int]] = defaultdict(list)
    for old, new in pairs:
        if old.no != new.no:
            by_shift[new.no - old.no].append(old.no)
    for shift, nos in by_shift.items():
        yield Told(f"指标{numbers(nos)}的序号改为{numbers(no + shift for no in nos)}", False)


def _moved(pairs: Pairs) -> Iterator[Told]:
    """Another category: the tree is the same under other names, or items stand elsewhere in it."""
    by_paths: dict[tuple[str, str], list[int]] = defaultdict(list)
    for old, new in pairs:
        if old.path != new.path:
            by_paths["·".join(old.path), "·".join(new.path)].append(old.no)
    renamed = _same_tree(pairs)
    for (was, now), nos in by_paths.items():
        if renamed:
            yield Told(f"类别{short(was, 60)}改名为{short(now, 60)}（指标{numbers(nos)}）", False)
        else:
            yield Told(f"指标{numbers(nos)}由类别{short(was, 60)}移到类别{short(now, 60)}", True)


def _same_tree(pairs: Pairs) -> bool:
    """Whether each category, at every level, became exactly one other."""
    nodes = {
        (old.path[:depth], new.path[:depth])
        for old, new in pairs
        for depth in range(1, 1 + max(len(old.path), len(new.path)))
    }
    return len({was for was, _ in nodes}) == len(nodes) == len({now for _, now in nodes})


def _columns(pairs: Pairs, sides: Sides) -> Iterator[Told]:
    """Everything else an item says, the same change of several items told once."""
    alike: dict[tuple[str, bool], Pairs] = defaultdict(list)
    for old, new in pairs:
        for told in elements(old, new, _HERE, sides, skip=("no", "path", "name")):
            alike[told.text, told.moves].append((old, new))
    for (text, moves), changed in alike.items():
        nos = numbers(old.no for old, _ in changed)
        who = _named(changed[0][0]) if len(changed) == 1 else f"指标{nos}（{len(changed)}项）"
        yield Told(text.replace(_HERE, who, 1), moves)


def _reordered(kept: list[int], after: Sequence[Indicator]) -> Iterator[Told]:
    if kept != sorted(kept):
        yield Told(f"指标的先后次序改为：{listed(row.name for row in after)}", False)
