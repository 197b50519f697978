/* One control: its name, its lock, a typed number and a slider. Knows what was asked, decides nothing. */

const LOCKED = 'M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z';
const OPEN = 'M4 7V5a4 4 0 0 1 7.6-1.7l-1.8.9A2 2 0 0 0 6 5v2h7v8H3V7z';

/** Build a control's element once; asks: {grab, drag, drop, cancel, nudge, settle, type, lock}, each given its index. */
function controlElement(control, i, linked, asks) {
  const fill = el('div', {class: 'fill'});
  const thumb = el('div', {class: 'thumb', role: 'slider', tabindex: 0, 'aria-label': control.name});
  const rail = el('div', {class: 'rail'}, el('div', {class: 'beyond low'}), el('div', {class: 'beyond high'}), fill,
    el('div', {class: 'origin', 'aria-hidden': 'true'}), thumb);
  const number = el('input', {type: 'text', inputmode: 'decimal', class: 'number', autocomplete: 'off', 'aria-label': `${control.name}数值`});
  const lock = linked ? el('button', {type: 'button', class: 'lock'},
    el('svg', {width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true'}, el('path', {d: OPEN}))) : null;
  const root = el('div', {class: 'control', 'data-control': control.id},
    el('div', {class: 'title', title: control.name}, el('span', {class: 'name'}, control.name), el('span', {class: 'was'})),
    el('div', {class: 'slide'}, rail),
    el('div', {class: 'typed'}, number, el('span', {class: 'unitname'}, control.unit), lock),
    el('p', {class: 'note', role: 'status'}));
  listenToPointer(root.querySelector('.slide'), rail, thumb, i, asks);
  listenToKeys(thumb, i, asks);
  listenToNumber(number, i, asks);
  if (lock) lock.onclick = () => asks.lock(i);
  return root;
}

/** Down anywhere on the slide grabs it, wherever the pointer then goes; a scroll gesture (pointercancel) undoes it. */
function listenToPointer(slide, rail, thumb, i, asks) {
  let offset = null;
  const ratio = (event) => {
    const box = rail.getBoundingClientRect();
    return (event.clientX - offset - box.left) / box.width;
  };
  slide.onpointerdown = (event) => {
    if (event.button !== 0 || offset !== null) return;
    const box = thumb.getBoundingClientRect();
    const from = event.clientX - (box.left + box.width / 2);
    offset = Math.abs(from) <= 14 ? from : 0;
    slide.setPointerCapture(event.pointerId);
    thumb.focus({preventScroll: true, focusVisible: false});
    event.preventDefault();
    asks.grab(i);
    if (offset === 0) asks.drag(i, ratio(event));
  };
  slide.onpointermove = (event) => { if (offset !== null) asks.drag(i, ratio(event)); };
  slide.onpointerup = () => { if (offset !== null) { offset = null; asks.drop(i); } };
  slide.onpointercancel = () => { if (offset !== null) { offset = null; asks.cancel(i); } };
}

/** Arrows a step, PageUp and PageDown ten, Home and End as far as it goes; sent when the key is let go. */
function listenToKeys(thumb, i, asks) {
  const steps = {ArrowRight: 1n, ArrowUp: 1n, ArrowLeft: -1n, ArrowDown: -1n, PageUp: 10n, PageDown: -10n};
  thumb.onkeydown = (event) => {
    const way = event.key === 'Home' ? 'low' : event.key === 'End' ? 'high' : steps[event.key];
    if (way === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    asks.nudge(i, way);
  };
  thumb.onkeyup = () => asks.settle();
  thumb.onblur = () => asks.settle();
}

function listenToNumber(number, i, asks) {
  number.onfocus = () => number.select();
  number.onkeydown = (event) => {
    if (event.key === 'Enter') number.blur();
    if (event.key === 'Escape') { number.value = number.dataset.shown; number.blur(); }
  };
  number.onblur = () => { if (number.value !== number.dataset.shown) asks.type(i, number.value); };
}

/** Bring a control's element to what is true now. what: {value, reach, locked, note, settings, editing}. */
function showControl(root, control, what) {
  const {value, settings} = what;
  const percent = (v) => `${Math.min(100, Math.max(0, toPixelNumber((v - control.low) * 100n, control.high - control.low)))}%`;
  const text = plain(value, settings);
  const [lowest, highest] = what.reach;
  const thumb = root.querySelector('.thumb');
  thumb.style.left = percent(value);
  root.querySelector('.fill').style.width = percent(value);
  root.querySelector('.origin').style.left = percent(control.original);
  root.querySelector('.beyond.low').style.width = percent(lowest);
  root.querySelector('.beyond.high').style.left = percent(highest);
  write(root.querySelector('.was'), `原 ${plain(control.original, settings)}`);
  root.classList.toggle('changed', value !== control.original);
  root.classList.toggle('locked', what.locked);
  setAll(thumb, {
    'aria-valuemin': toPixelNumber(lowest, settings), 'aria-valuemax': toPixelNumber(highest, settings),
    'aria-valuenow': toPixelNumber(value, settings),
    'aria-valuetext': `${text}${control.unit}，原${plain(control.original, settings)}${control.unit}`, 'aria-disabled': what.locked,
  });
  showNumber(root.querySelector('input'), text, what.locked);
  showLock(root.querySelector('.lock'), control, what.locked);
  write(root.querySelector('.note'), what.note ?? '');
  root.dataset.value = `${value}/${settings}`;
}

function showNumber(number, text, locked) {
  if (number.disabled !== locked) number.disabled = locked;
  number.dataset.shown = text;
  if (number.value !== text && number.getRootNode().activeElement !== number) number.value = text;
}

function showLock(lock, control, locked) {
  if (!lock) return;
  setAll(lock, {'aria-pressed': locked, 'aria-label': `${locked ? '解除锁定' : '锁定'}${control.name}`, title: locked ? '解除锁定' : '锁定，不随其他权重变动'});
  lock.querySelector('path').setAttribute('d', locked ? LOCKED : OPEN);
}
