"""Whether the present figures of an assessment are those that were settled (审定) and approved (批复)."""

from __future__ import annotations

from dataclasses import dataclass

from data.changes import may_matter
from data.store import LockedVersion, Settling, Store


@dataclass(frozen=True)
class Verdict:
    """审定, and 批复 once there is one, of the figures as they are now; ``record`` is the 锁定版 on which it rests."""

    record: LockedVersion
    settled: Settling
    approved: Settling | None

    @property
    def word(self) -> str:
        """已审定未批复 or 已批复."""
        return "已批复" if self.approved else "已审定未批复"

    @property
    def number(self) -> str:
        """The paper that counts last: of 批复, else of 审定."""
        return (self.approved or self.settled).number


def verdict(store: Store, assessment_id: int, version: int) -> Verdict | None:
    """What was decided on the figures of ``version``; None where nothing was, or they moved since.

    A version that no result can feel (who may see towns' results) is the same figures still.
    """
    steps = store.settlings(assessment_id)
    settled = steps.get("settled")
    if settled is None:
        return None
    record = store.locked_version(assessment_id, settled.locked)
    if record.version != version and _moved(store, assessment_id, record.version, version):
        return None
    return Verdict(record, settled, steps.get("approved"))


def _moved(store: Store, assessment_id: int, locked: int, version: int) -> bool:
    since = [entry for entry in store.versions(assessment_id) if locked < entry.version <= version]
    return version < locked or any(may_matter(entry) for entry in since)
