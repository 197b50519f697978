"""The follow-up that 结果运用 works through: by the grades that were settled (审定), once there are any."""

from __future__ import annotations

from components import session
from components.meeting import verdict
from data.follow_up import FollowUp, load_follow_up
from data.locked import Locked, Standing
from data.papers.stood import stood
from data.state import State
from data.store import Settling, SettlingKind


def follow_up(state: State) -> FollowUp:
    """What follows the results: by computed grades until 审定, then by the settled ones. Raises StoreProblem."""
    follow, found = load_follow_up(session.store(), state, session.now().date()), verdict.of(state)
    if found is None:
        return follow
    steps: dict[SettlingKind, Settling] = {"settled": found.settled}
    return stood(Locked(found.record, state, Standing(steps), follow))
