"""口径: every reading where the document is silent, what another would change here, and who confirmed which."""

from __future__ import annotations

from components import page, readings_view
from components.signature import sign

state = page.head("口径")
sign()
readings_view.readings(state)
page.foot()
