"""The fingerprint of a 锁定版: SHA-256 over marks, 情形, scheme, settings and results, the same on any machine."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

from data.state import State
from data.store import FELT
from data.store.log import canonical
from data.store.marks_json import encode
from scoring.results import UnitResult


def fingerprint(state: State) -> str:
    """64 hex digits. Any change of a mark, a 情形, the roster, the scheme, a result or a setting that raises the version gives others.

    Choices beside the version, such as the pages of a 汇报, are no part of it: they may change under a 锁定版.
    """
    told = {
        "assessment": [state.assessment.name, state.assessment.demo, state.assessment.state],
        "scheme": [state.assessment.scheme_hash, state.scheme.hash],
        "roster": [[unit.name, unit.group, unit.region] for unit in state.assessment.units],
        "marks": sorted([s.unit, s.component, s.revision, s.file_sha256, encode(s.sheet)] for s in state.submissions),
        "facts": [_fact(row) for row in state.facts],
        "settings": {key: setting.value for key, setting in state.settings.items() if key.startswith(FELT)},
        "results": [_result(result) for result in state.results.units],
    }
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def _fact(row: Any) -> list[Any]:
    fact = row.fact
    return [row.id, *(str(getattr(fact, name)) for name in ("unit", "fact", "value", "date", "basis", "amount", "confirmed"))]


def _result(result: UnitResult) -> list[Any]:
    parts = {key: _text(part.exact) for key, part in result.components.items()}
    told = [_text(result.exact), _text(result.score), result.score_grade, result.grade, result.rank]
    outcomes = [outcome.action for outcome in result.outcomes]
    return [result.unit, result.group, *told, parts, list(result.missing), outcomes, dict(result.category_grades)]


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
