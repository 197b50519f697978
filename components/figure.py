"""A Plotly figure put together from plain values and checked once.

``Figure.add_shape`` and ``add_annotation`` check every earlier one again with each call: a unit's 76 cells took two
seconds that way, and take a few milliseconds this way.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Ready(go.Figure):
    """A finished figure that many viewers are shown: put together once, not once for each of them. Not to be changed."""

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        """Of plain values that Plotly would take as they are; they are not checked (a test does that)."""
        super().__init__()
        self._parts = {"data": traces, "layout": {**super().to_dict()["layout"], **layout}}

    def to_dict(self) -> dict[str, Any]:
        """Plotly's own parts of it, always the same object; whoever draws it only reads them."""
        return self._parts


class Figure:
    """Collects shapes, annotations and point traces; ``plotly`` makes the figure of them."""

    def __init__(self, layout: dict[str, Any]) -> None:
        self._layout = layout
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._traces: list[dict[str, Any]] = []

    def add_shape(self, **shape: Any) -> None:
        """A rectangle or a line, as in ``layout.shapes``."""
        self._shapes.append(shape)

    def add_hline(self, y: float, **shape: Any) -> None:
        """A line across the whole field."""
        self.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=y, y1=y, **shape)

    def add_vline(self, x: float, **shape: Any) -> None:
        """A line up the whole field."""
        self.add_shape(type="line", yref="y domain", y0=0, y1=1, x0=x, x1=x, **shape)

    def add_annotation(self, **annotation: Any) -> None:
        """Words, as in ``layout.annotations``."""
        self._annotations.append(annotation)

    def add_scatter(self, **trace: Any) -> None:
        """Points or lines, as in a scatter trace."""
        self._traces.append({"type": "scatter", **trace})

    def add_heatmap(self, **trace: Any) -> None:
        """Cells shaded by a value, as in a heatmap trace."""
        self._traces.append({"type": "heatmap", **trace})

    def plotly(self) -> go.Figure:
        """The figure. Raises ValueError for a property Plotly does not know."""
        return go.Figure(data=self._traces, layout=self._whole())

    def ready(self) -> Ready:
        """The same for many viewers, unchecked: Plotly's checks take several times as long as the drawing."""
        return Ready(self._traces, self._whole())

    def _whole(self) -> dict[str, Any]:
        return self._layout | {"shapes": self._shapes, "annotations": self._annotations}
