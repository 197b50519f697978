"""Whether this viewer's roles allow a change: so that no button is shown that could only refuse."""

from __future__ import annotations

from components import session
from data.access import may


def allowed(action: str, assessment_id: int | None = None) -> bool:
    """Whether the viewer may make this change (a verb of ``data.access.ACTIONS``) in this assessment, or in any."""
    return may(session.store().person, action, assessment_id)
