"""Who stands near a line, in short lines; a unit's name as it may be shown."""

from __future__ import annotations

from data.briefing.brief import Brief
from scoring.edges import at_edge
from scoring.speech import plain_text


def near_lines(brief: Brief, most: int) -> list[str]:
    """The nearest, a line each: "台山市距“好”差0.76分"; of more there is the count."""
    found = [
        plain_text(sentence).replace(result.unit, brief.called(result.unit), 1)
        for result, sentence in at_edge(brief.results)
    ]
    if len(found) <= most:
        return found
    return [*found[: most - 1], f"共{brief.count(len(found))}距等次线不足1分"]
