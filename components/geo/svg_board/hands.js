/* Pointer, wheel, two fingers and keyboard. */

const STILL = 6;       // pixels a hand may tremble in a click
const FINGER = 18;     // pixels round a point that a finger still means
const STEP = 1.5;      // one press of ＋
const WORDS_AFTER = 90; // milliseconds after the last movement, labels are chosen anew

/** Focus is heard on the frame: an SVG that listens for it becomes a tab stop of its own. */
function listen(desk) {
  const {svg, frame} = desk;
  svg.addEventListener('pointerdown', (event) => press(desk, event));
  svg.addEventListener('pointermove', (event) => drag(desk, event));
  svg.addEventListener('pointerup', () => { if (desk.dragging?.far) desk.pressed = null; desk.dragging = null; });
  svg.addEventListener('pointercancel', () => { desk.dragging = null; });
  svg.addEventListener('pointerleave', () => hideTip(desk));
  svg.addEventListener('click', (event) => click(desk, event));
  svg.addEventListener('wheel', (event) => wheel(desk, event), {passive: false});
  frame.addEventListener('touchstart', (event) => pinchFrom(desk, event), {passive: false});
  frame.addEventListener('touchmove', (event) => pinch(desk, event), {passive: false});
  frame.addEventListener('touchend', () => { desk.pinching = null; });
  svg.addEventListener('keydown', (event) => keys(desk, event));
  frame.addEventListener('focusin', (event) => arrive(desk, event));
  frame.addEventListener('focusout', () => { desk.ringed = -1; moveRing(desk); hideTip(desk); });
}

const placeOf = (event) => {
  const node = event.target.closest?.('[data-i]');
  return node ? Number(node.dataset.i) : -1;
};

/** A place on the screen in the frame's own pixels. */
function inFrame(desk, clientX, clientY) {
  const at = new DOMPoint(clientX, clientY).matrixTransform(desk.svg.getScreenCTM().inverse());
  return [at.x, at.y];
}

function press(desk, event) {
  desk.pressed = {x: event.clientX, y: event.clientY, i: placeOf(event)};
  if (event.button === 0 && (event.pointerType !== 'touch' || (desk.view.k > 1 && !desk.data.narrow))) {
    desk.dragging = {id: event.pointerId, at: inFrame(desk, event.clientX, event.clientY), from: {...desk.view}, far: false};
  }
}

function drag(desk, event) {
  const held = desk.dragging;
  if (held && Math.hypot(event.clientX - desk.pressed.x, event.clientY - desk.pressed.y) >= STILL && !held.far) {
    held.far = true;
    desk.svg.setPointerCapture(held.id);
  }
  if (!held?.far) return event.pointerType === 'touch' ? undefined : showTip(desk, placeOf(event), inFrame(desk, event.clientX, event.clientY));
  hideTip(desk);
  const [x, y] = inFrame(desk, event.clientX, event.clientY);
  look(desk, held.from.k, held.from.x + x - held.at[0], held.from.y + y - held.at[1]);
}

/** A press and a release at one place is a click, on what was pressed. */
function click(desk, event) {
  const pressed = desk.pressed;
  desk.pressed = null;
  if (!pressed || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= STILL) return;
  const meant = pressed.i >= 0 ? pressed.i : nearest(desk, inFrame(desk, event.clientX, event.clientY));
  if (meant >= 0) pick(desk, meant);
}

function nearest(desk, [x, y]) {
  if (desk.data.d) return -1;
  const far = desk.things.map((_, i) => { const [px, py] = spot(desk, i); return Math.hypot(px - x, py - y); });
  const least = Math.min(...far);
  return least <= FINGER ? far.indexOf(least) : -1;
}

/** Tell the server, and show at once that it was heard. */
function pick(desk, i) {
  Object.assign(desk.data, {selected: i, near: []});
  desk.at = i;
  paint(desk);
  desk.tell(desk.data.codes[i]);
}

/** Over the whole map the wheel scrolls the page on; a narrow frame leaves it to the page always. */
function wheel(desk, event) {
  const closer = event.deltaY < 0;
  if (desk.data.narrow || (!closer && desk.view.k === 1)) return;
  event.preventDefault();
  zoom(desk, Math.exp(-within(event.deltaY * (event.deltaMode ? 16 : 1), -200, 200) / 450), inFrame(desk, event.clientX, event.clientY));
}

const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
const middle = (desk, [a, b]) => inFrame(desk, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);

function pinchFrom(desk, event) {
  if (event.touches.length !== 2) return;
  event.preventDefault();
  hideTip(desk);
  desk.dragging = desk.pressed = null;
  desk.pinching = {far: apart(event.touches), at: middle(desk, event.touches), from: {...desk.view}};
}

function pinch(desk, event) {
  const held = desk.pinching;
  if (!held || event.touches.length !== 2) return;
  event.preventDefault();
  const k = within(held.from.k * apart(event.touches) / held.far, 1, desk.most), [x, y] = middle(desk, event.touches);
  const share = k / held.from.k;
  look(desk, k, x - (held.at[0] - held.from.x) * share, y - (held.at[1] - held.from.y) * share);
}

/** Enlarge about a place in the frame, which stays where it is. */
function zoom(desk, by, [x, y] = [desk.data.w / 2, desk.data.h / 2]) {
  const {view} = desk, k = within(view.k * by, 1, desk.most), share = k / view.k;
  look(desk, k, x - (x - view.x) * share, y - (y - view.y) * share);
}

/** See so much, never beyond the map's edge. */
function look(desk, k, x, y) {
  const {w, h} = desk.data;
  k = k < 1.01 ? 1 : k;
  desk.view = {k, x: round(within(x, w * (1 - k), 0)), y: round(within(y, h * (1 - k), 0))};
  cancelAnimationFrame(desk.painting);
  desk.painting = requestAnimationFrame(() => move(desk));
  clearTimeout(desk.later);
  desk.later = setTimeout(() => cull(desk), WORDS_AFTER);
}

const NEXT = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
const ZOOM = {'+': STEP, '=': STEP, '-': 1 / STEP, _: 1 / STEP, 0: 0};

function keys(desk, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const last = desk.things.length - 1, i = placeOf(event);
  if (i < 0) return;
  if (event.key === 'Escape') return hideTip(desk);
  if (event.key === 'Enter' || event.key === ' ') pick(desk, i);
  else if (event.key in NEXT) go(desk, (i + NEXT[event.key] + last + 1) % (last + 1));
  else if (event.key === 'Home' || event.key === 'End') go(desk, event.key === 'Home' ? 0 : last);
  else if (event.key in ZOOM) zoom(desk, ZOOM[event.key], spot(desk, i));
  else return;
  event.preventDefault();
}

/** One place of the map can be reached by Tab; the arrows lead on from it. */
function rove(desk, i) {
  dress(desk.things[desk.at] ?? desk.svg, {tabindex: -1});
  desk.at = within(i, 0, Math.max(desk.things.length - 1, 0));
  if (desk.things[desk.at]) dress(desk.things[desk.at], {tabindex: 0});
}

function go(desk, i) {
  rove(desk, i);
  desk.things[i].focus({preventScroll: desk.view.k > 1});
}

const holdsFocus = (desk) => desk.svg.contains(desk.svg.getRootNode().activeElement);

function arrive(desk, event) {
  const i = placeOf(event);
  if (i < 0 || !event.target.matches(':focus-visible')) return;
  rove(desk, i);
  desk.ringed = i;
  const [x, y] = spot(desk, i), {w, h} = desk.data, {view} = desk;
  if (x < 0 || y < 0 || x > w || y > h) look(desk, view.k, view.x + w / 2 - x, view.y + h / 2 - y);
  moveRing(desk);
  showTip(desk, i, spot(desk, i));
}
