"""Made-up schemes with sheets and facts for them: what the bench must agree with the engine on, whatever the document."""

from __future__ import annotations

from fractions import Fraction as Q
from random import Random

import yaml
from hypothesis import strategies as st

from scoring.load import load_scheme
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.trial import Level, Values

GRADES = ("好", "较好", "一般", "较差")
LINES = (("90", "80", "70", "0"), ("89.993", "80.005", "33.3333", "0"))
RANKS = (["grade", "score"], ["score"], ["score", "grade"], ["grade"])


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any weighted scheme: components, items in trees, zero weights, odd lines and rounding, limits, every kind of rank."""
    random = draw(st.randoms(use_true_random=False))
    weights = [random.choice((0, 10, 20, 30)) for _ in range(random.randint(0, 2))]
    written = {
        "id": "x", "title": "试", "short": "试", "document": {"title": "试"}, "grades": list(GRADES), "combine": "weighted",
        "groups": [_group(random, "g1", 3, 4), _group(random, "g2", 2, 3)],
        "components": [
            {"id": f"k{i}", "name": f"k{i}", "weight": str(w), "marks": ["ticks", "total", "points"], "cite": "a"}
            for i, w in enumerate([*weights, 100 - sum(weights)])
        ],
        "ticks": {"points": dict(zip(GRADES, ("95", "85", "75", random.choice("06") + "0"), strict=True)), "cite": "a"},
        "item_weights": {"equal": random.choice(("leaves", "siblings")), "cite": "a"},
        "bands": {
            "items": [{"grade": g, "min": m} for g, m in zip(GRADES, random.choice(LINES), strict=True)], "cite": "a",
        },
        "rank": {"by": random.choice(RANKS), "shown": random.choice(("internal", "public", "none")), "cite": "a"},
        "facts": [{"id": "f", "name": "f", "values": ["无", "轻", "重"], "cite": "a"}],
        "limits": [
            {"id": "light", "text": "轻", "when": {"fact": "f", "at_least": "轻"}, "best": "较好", "cite": "a"},
            {"id": "grave", "text": "重", "when": {"fact": "f", "equals": "重"}, "best": "一般", "cite": "a"},
        ],
        **_rounding(random),
    }  # fmt: skip
    return load_scheme(yaml.safe_dump(written, allow_unicode=True, sort_keys=False))


def _group(random: Random, name: str, categories: int, units: int) -> dict[str, object]:
    items: list[dict[str, object]] = []
    for category in range(categories):
        for _ in range(random.randint(1, 3)):
            path = [f"C{category}", f"S{random.randint(0, 1)}"][: random.randint(1, 2)]
            own = {"weight": random.choice(("0", "0.5", "2"))} if random.random() < 0.3 else {}
            items.append({"no": len(items) + 1, "path": path, "name": f"项{len(items)}", "cite": "a"} | own)
    roster = [{"name": f"{name}甲{i}"} for i in range(units)]
    return {"id": name, "name": name, "cite": "a", "units": roster, "indicators": items}


def _rounding(random: Random) -> dict[str, object]:
    if random.random() < 0.3:
        return {}
    component = {"component": random.choice("012")} if random.random() < 0.4 else {}
    return {"rounding": {"total": random.choice("012"), "cite": "a"} | component}


@st.composite
def handed_in(draw: st.DrawFn, scheme: Scheme) -> tuple[list[Sheet], list[Fact]]:
    """Ticks, points, totals and gaps; 不适用, now and then of everything; facts, some of them unconfirmed."""
    random = draw(st.randoms(use_true_random=False))
    units = [(group.id, unit.name) for group in scheme.groups for unit in group.units]
    parts = [(group, unit, part.id) for group, unit in units for part in scheme.components if random.random() > 0.06]
    sheets = [Sheet(unit, part, _marks(random, scheme, group)) for group, unit, part in parts]
    kinds = ("轻", "重", "无")
    facts = [Fact(unit, "f", random.choice(kinds), confirmed=random.random() < 0.6) for _, unit in units[::2]]
    return sheets, facts


def _marks(random: Random, scheme: Scheme, group: str) -> tuple[Mark, ...]:
    if random.random() < 0.15:
        return (Mark(None, score=Q(random.randint(0, 10000), 100)),)
    bare = random.random() < 0.05
    return tuple(_mark(random, item.no, bare) for item in scheme.indicators_of(group))


def _mark(random: Random, no: int, bare: bool) -> Mark:
    kind = random.random()
    if bare or kind < 0.15:
        return Mark(no, applicable=False, remark="无此项")
    if kind < 0.25:
        return Mark(no, score=Q(random.randint(0, 700), 7))
    return Mark(no, grade=random.choice(GRADES))


def tried(level: Level) -> st.SearchStrategy[Values]:
    """Any values that can stand at a level, zero weights among them."""
    count = len(level.originals)
    if level.mode == "weights":
        whole = sum(level.originals.values())
        parts = st.lists(st.sampled_from((0, 1, 2, 3, 7)), min_size=count, max_size=count).filter(any)
        return parts.map(
            lambda found: {n: Q(p * whole, sum(found)) for n, p in zip(level.originals, found, strict=True)}
        )
    lowest = int((level.above or 0) * 10) + 1
    tenths = st.sets(st.integers(lowest, int(level.high * 10)), min_size=count, max_size=count)
    return tenths.map(
        lambda found: dict(zip(level.originals, (Q(n, 10) for n in sorted(found, reverse=True)), strict=True))
    )
