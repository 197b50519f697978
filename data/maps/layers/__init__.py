"""What a map can show of its places, layer by layer: a colour, and the same said in a shape and a word, with the legend.

One file a kind of layer; ``kinds`` says which are offered, ``painted`` paints one.
"""

from data.maps.layers.kinds import kinds, layer_ids
from data.maps.layers.model import (
    CHANGE,
    FACTS,
    FIRM,
    GRADE,
    ITEM,
    LAST,
    OUTCOMES,
    PART,
    SCORE,
    SHEETS,
    Change,
    Firm,
    Kind,
    Measures,
    Painted,
    Shift,
    UnknownLayerError,
)
from data.maps.layers.painting import painted
from data.maps.layers.steps import Scale

__all__ = [
    "CHANGE", "FACTS", "FIRM", "GRADE", "ITEM", "LAST", "OUTCOMES", "PART", "SCORE", "SHEETS", "Change", "Firm", "Kind",
    "Measures", "Painted", "Scale", "Shift", "UnknownLayerError", "kinds", "layer_ids", "painted",
]  # fmt: skip
