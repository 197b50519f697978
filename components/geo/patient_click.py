"""A click on a map that is never lost, however slow the machine; and a finger on a phone's map that moves the page.

The map's library takes a press for a click only if it has *handled* the release within 250 ms of the press. But on the
press it first asks the graphics card what lies there, which without a card takes up to a second; and many a hand holds
the button longer. Nothing can be told to the library from here, so a click that came too late for it is pressed once
more on its behalf: the second time the picture is still, and the answer is there at once.

The library keeps every touch to itself, so a thumb that lands on the map could not scroll past it. On a phone one finger
belongs to the page again; two still zoom the map.
"""

from __future__ import annotations

import streamlit as st

_JS = """
const LIMIT = 240   // milliseconds; the library's own limit is 250
const STILL = 9     // pixels a hand may tremble; the library's own limit
const TRIES = 8
const AGAIN = 150   // milliseconds
let down = null, held = 0

const map = event => event.isTrusted && event.target.closest?.('[data-testid="stDeckGlJsonChart"] canvas')
const press = event => { down = map(event) ? { at: Date.now(), x: event.clientX, y: event.clientY, event } : null }
const release = event => { if (event.isTrusted && down) held = Date.now() - down.at }
const click = event => {
  const canvas = map(event), pressed = down
  down = null
  if (!canvas || !pressed || held < LIMIT) return
  if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < STILL) again(canvas, pressed.event, TRIES)
}
const again = (canvas, like, tries) => setTimeout(() => {
  if (!canvas.isConnected || down || tries === 0) return
  const began = Date.now()
  const same = { bubbles: true, cancelable: true, composed: true, view: window, button: 0, clientX: like.clientX,
    clientY: like.clientY, pointerId: like.pointerId, pointerType: like.pointerType, isPrimary: true }
  canvas.dispatchEvent(new PointerEvent("pointerdown", { ...same, buttons: 1 }))
  canvas.dispatchEvent(new PointerEvent("pointerup", { ...same, buttons: 0 }))
  if (Date.now() - began >= LIMIT) again(canvas, like, tries - 1)
}, AGAIN)

const fingers = () => {
  const rule = document.createElement("style")
  rule.textContent =
    '@media (max-width: 640px) { [data-testid="stDeckGlJsonChart"] .deck-events-root { touch-action: pan-y !important } }'
  document.head.append(rule)
}

// Once for the window, and for good: only a map's own canvas is listened to, and a remount must lose no press.
export default function () {
  if (window.hengxiaoPatientClick) return
  window.hengxiaoPatientClick = true
  fingers()
  for (const [name, hear] of Object.entries({ pointerdown: press, pointerup: release, click }))
    window.addEventListener(name, hear, true)
}
"""


def lose_no_click(key: str) -> None:
    """From now on every click on a map of this page reaches it. Draws nothing."""
    st.components.v2.component("hengxiao_patient_click", html="<div></div>", js=_JS)(key=key, height=1)
