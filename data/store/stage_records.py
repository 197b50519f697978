"""How far a 评分表 has come, as the store hands it out: its stage, and who brought it back to 填报."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Stage = Literal["filled", "handed", "reviewed"]
STAGES: dict[Stage, str] = {"filled": "填报", "handed": "提交", "reviewed": "复核"}
"""How far a sheet has come, and the word for it."""


@dataclass(frozen=True)
class Back:
    """Who brought a sheet back to 填报 and when. ``unlocked``: it was locked, ``asked_by`` asked and ``actor`` agreed (解锁)."""

    actor: str
    at: datetime
    unlocked: bool = False
    asked_by: str = ""


@dataclass(frozen=True)
class SheetStage:
    """How far the sheet that counts for a (unit, component) has come, without its marks: cheap to ask for all.

    ``back`` is told from the log while ``returned`` says why; None where the log says nothing of it.
    """

    id: int
    unit: str
    component: str
    revision: int
    file_name: str
    actor: str
    at: datetime
    stage: Stage
    handed_by: str | None
    handed_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    returned: str
    back: Back | None = field(default=None, compare=False)

    @property
    def word(self) -> str:
        """填报, 提交 or 复核; 退回 or 解锁 for what is at 填报 again."""
        if self.stage != "filled" or not self.returned:
            return STAGES[self.stage]
        return "解锁" if self.back and self.back.unlocked else "退回"
