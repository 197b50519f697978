"""What the program's part of a 归档包 must look like, field by field. Anything else is refused."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Exact = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,40}(/[0-9]{1,40})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\d)?$")]


class Strict(BaseModel):
    """No field more, no field less, nothing made to fit."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class File(Strict):
    path: Name
    bytes: Count
    sha256: Hash


class Locked(Strict):
    number: Count
    code: Name
    sha256: Hash
    version: Count
    locked_at: AwareDatetime
    locked_by: Name
    note: Text
    engine: Name
    assessment: Name
    scheme: Name
    scheme_sha256: Hash
    marking: Text
    demo: bool


class Original(BaseModel):
    model_config = ConfigDict(frozen=True)
    path: Name
    name: Text
    sha256: Hash


class Contents(Strict):
    """目录.json."""

    format: Literal[1]
    locked: Locked
    files: list[File]
    originals: list[Original]


class Unit(Strict):
    name: Name
    group: Text
    region: Text
    helps: list[tuple[Name, Exact | None]]


class Assessment(Strict):
    id: Count
    name: Name
    scheme_id: Name
    scheme_hash: Hash
    state: Literal["draft", "final"]
    version: Count
    demo: bool
    created_at: AwareDatetime
    units: list[Unit]


class Sheet(Strict):
    id: Count
    unit: Name
    component: Name
    revision: Annotated[int, Field(ge=1, le=1_000_000)]
    file: Hash
    file_name: Text
    marks: Annotated[str, StringConstraints(max_length=4_000_000)]
    actor: Name
    at: AwareDatetime


class Fact(Strict):
    id: Count
    unit: Name
    fact: Name
    value: Name
    date: Text
    basis: Text
    amount: Exact | None
    note: Text
    confirmed: bool
    actor: Name
    at: AwareDatetime
    confirmed_by: Name | None
    confirmed_at: AwareDatetime | None


class Setting(Strict):
    key: Name
    value: Text
    actor: Name
    at: AwareDatetime
    paper: Text


class Line(Strict):
    seq: Count
    at: AwareDatetime
    actor: Name
    assessment: Count | None
    version: Count | None
    action: Name
    subject: Text
    details: dict[str, Any]
    prev_hash: Hash
    hash: Hash


class Step(Strict):
    kind: Literal["suggested", "settled", "approved"]
    number: Text
    day: Day
    body: Text
    note: Text
    grades: dict[Name, tuple[Text, Text]]
    actor: Name
    at: AwareDatetime


class Objection(Strict):
    item: Count
    revision: Count
    locked: Count
    unit: Name
    text: Text
    raised_by: Text
    raised_on: Day
    status: Literal["open", "upheld", "rejected"]
    reply: Text
    basis: Text
    actor: Name
    at: AwareDatetime


class Decision(Strict):
    unit: Name
    outcome: Name
    action: Text
    choice: Literal["adopted", "refused", "deferred"]
    reason: Text
    held: Day
    attended: list[Text]
    evidence: Text
    actor: Name
    at: AwareDatetime


class Notice(Strict):
    date: Day
    number: Text
    note: Text
    actor: Name
    at: AwareDatetime


class Standing(Strict):
    steps: list[Step]
    objections: list[Objection]
    decisions: list[Decision]
    notice: Notice | None


def fraction(text: str | None) -> Fraction | None:
    """An ``Exact``. Raises ValueError for a division by nothing."""
    try:
        return None if text is None else Fraction(text)
    except ZeroDivisionError as error:
        raise ValueError(text) from error


def moment(at: datetime) -> datetime:
    """The moment without pydantic's own kind of zone."""
    return datetime.fromisoformat(at.isoformat())
