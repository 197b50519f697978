/* Wiring: keys → where the presenter stands → drawing; what only the server knows → Python. */

const desks = new WeakMap(); // one for each mounted stage; Streamlit runs the default export again at every rerun

export default function stage({data, parentElement, setTriggerValue}) {
  const desk = desks.get(parentElement) ?? openDesk(parentElement, data);
  desk.ask = (question) => setTriggerValue('asked', {at: desk.data.pages[desk.place.at]?.key, ...question, times: (desk.times = (desk.times ?? 0) + 1)});
  receive(desk, data);
  return () => closeDesk(desk, parentElement);
}

function openDesk(parentElement, data) {
  const dialog = parentElement.querySelector('dialog');
  const part = (name, tag = 'div') => make(tag, name);
  const desk = {dialog, mode: 'page', place: {at: 0, part: 0}, parts: 1, typed: '', pick: 0, other: false, dark: data.dark, black: false, left: false, began: beganAt(data.token)};
  desk.sheet = part('sheet', 'main');
  desk.foot = {marking: part('marking', 'span'), stamp: part('stamp', 'span'), newer: part('newer', 'span'), gap: part('gap', 'i'), typed: part('typed', 'span'), clock: part('clock', 'span'), number: part('page-number', 'span')};
  desk.help = set(part('help'), {role: 'dialog', 'aria-label': '按键说明', hidden: ''});
  desk.blank = set(part('blank'), {hidden: ''});
  set(desk.sheet, {'aria-live': 'polite'});
  desk.foot.exit = set(make('button', 'exit', '退出'), {type: 'button', tabindex: '-1'});
  desk.foot.exit.addEventListener('click', () => leave(desk));
  dialog.replaceChildren(desk.sheet, make('footer', 'foot', Object.values(desk.foot)), desk.help, desk.blank);
  desk.onKey = (event) => heardKey(desk, event);
  desk.onResize = () => draw(desk);
  window.addEventListener('keydown', desk.onKey, true);
  window.addEventListener('resize', desk.onResize);
  desk.sheet.addEventListener('click', (event) => clicked(desk, event));
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('close', () => { if (!desk.left) toTop(desk); });
  desk.onFull = () => { toTop(desk); draw(desk); };
  document.addEventListener('fullscreenchange', desk.onFull);
  desk.ticking = setInterval(() => tell(desk), 5000);
  document.fonts?.ready.then(() => draw(desk));
  desks.set(parentElement, desk);
  return desk;
}

function closeDesk(desk, parentElement) {
  window.removeEventListener('keydown', desk.onKey, true);
  window.removeEventListener('resize', desk.onResize);
  document.removeEventListener('fullscreenchange', desk.onFull);
  clearInterval(desk.ticking);
  clearTimeout(desk.walking);
  clearTimeout(desk.jumping);
  clearTimeout(desk.saying);
  desk.left = true;
  desks.delete(parentElement);
}

/** Above everything that the browser draws; opened again where full screen has put something over it. */
function toTop(desk) {
  if (desk.left || !desk.dialog.isConnected) return;
  if (desk.dialog.open) desk.dialog.close();
  desk.dialog.showModal?.();
}

/** A projector or a wall must not fall asleep over a page. Not every browser can be asked. */
function stayAwake(desk) {
  if (desk.awake || !navigator.wakeLock) return;
  desk.awake = true;
  navigator.wakeLock.request('screen').then((lock) => lock.addEventListener('release', () => { desk.awake = false; }), () => { desk.awake = false; });
}

/** New data after a rerun: the same page stays, whatever has become of the others. */
function receive(desk, data) {
  const key = desk.data?.pages[desk.place.at]?.key ?? addressed('page');
  const at = Math.max(0, data.pages.findIndex((page) => page.key === key));
  if (at !== desk.place.at || !desk.data) desk.place = {at, part: 0};
  const before = desk.data;
  Object.assign(desk, {data, left: false});
  if (data.trial && (!before?.trial || JSON.stringify(before.trial) !== JSON.stringify(data.trial))) {
    const kept = desk.trial?.values;
    desk.trial = data.trial.length ? openTrial(data.trial) : null;
    if (kept && desk.trial) desk.trial.values = kept;
  }
  if (!desk.dialog.open) toTop(desk);
  stayAwake(desk);
  desk.show = before && data.revealed !== before.revealed ? data.last : null;
  draw(desk);
  if (data.wall && before?.wall !== data.wall) walk(desk);
}

function heardKey(desk, event) {
  if (desk.left || !desk.dialog.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const command = commandOf(event.key, desk.mode);
  event.stopImmediatePropagation(); // Streamlit has keys of its own (r, c)
  if (event.key === 'Tab' || (!command && event.key.length > 1)) return;
  event.preventDefault();
  if (desk.black) return black(desk, false);
  if (!command) return;
  if (event.key === 'Enter' && (desk.typed || Date.now() - (desk.arrived ?? 0) < 1500)) return desk.typed && arrive(desk);
  if (desk.typed && event.key === 'Escape') { desk.typed = ''; return draw(desk); }
  if (command.startsWith('digit:')) return typing(desk, command.slice(6));
  obey(desk, command);
}

function obey(desk, command) {
  const general = {black: () => black(desk, true), full: () => full(), names: () => desk.ask({what: 'names'}), dark: () => { desk.dark = !desk.dark; },
    help: () => { desk.mode = 'help'; }, page: () => { desk.mode = 'page'; desk.typed = ''; }, leave: () => leave(desk)};
  (general[command] ?? (() => MODE_DOES[desk.mode]?.(desk, command)))();
  if (!desk.left) draw(desk);
}

const MODE_DOES = {
  page(desk, command) {
    const {pages} = desk.data;
    if (command === 'next' || command === 'back') desk.place = turned(desk.place, command === 'next' ? 1 : -1, pages.length, desk.parts);
    if (command === 'first') desk.place = {at: 0, part: 0};
    if (command === 'last') desk.place = {at: pages.length - 1, part: 0};
    if (command === 'reveal' && pages[desk.place.at].veiled) desk.ask({what: 'reveal'});
    else if (command === 'reveal') say(desk, '本页没有隐去的名称');
    if (command === 'units' && chosen(desk).length) Object.assign(desk, {mode: 'units', pick: 0});
    if (command === 'trial') { desk.mode = 'trial'; if (!desk.data.trial) desk.ask({what: 'trial'}); }
  },
  units(desk, command) {
    const count = chosen(desk).length;
    desk.pick = {further: (desk.pick + 1) % count, nearer: (desk.pick + count - 1) % count, first: 0, last: count - 1}[command] ?? desk.pick;
    if (command === 'open') openWhy(desk, desk.pick);
  },
  why(desk, command) {
    if (command === 'other') Object.assign(desk, {other: !desk.other, whyPart: 0});
    if (command === 'next') {
      if (desk.whyPart + 1 < desk.whyParts) desk.whyPart += 1;
      else if (!desk.other) Object.assign(desk, {other: true, whyPart: 0});
    }
    if (command === 'back') {
      if (desk.whyPart > 0) desk.whyPart -= 1;
      else if (desk.other) Object.assign(desk, {other: false, whyPart: 0});
    }
  },
  trial(desk, command) { if (desk.trial) trialDo(desk.trial, command); },
};

/** A word at the foot for a moment. */
function say(desk, text) {
  desk.said = text;
  clearTimeout(desk.saying);
  desk.saying = setTimeout(() => { desk.said = ''; tell(desk); }, 2500);
}

/** The units to ask about: those of the page first, in its order; on other pages all, in the order of their letters. */
function chosen(desk) {
  const {units, pages} = desk.data, here = pages[desk.place.at]?.chart?.bars.map((bar) => bar.key) ?? [];
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const first = here.filter((key) => known.has(key)).map((key) => known.get(key));
  return first.length ? first : units;
}

function openWhy(desk, at) {
  const unit = chosen(desk)[at];
  if (!unit) return;
  Object.assign(desk, {mode: 'why', pick: at, unit: unit.id, other: false, whyPart: 0});
  if (desk.data.why?.id !== unit.id) desk.ask({what: 'why', unit: unit.id});
}

/** Digits gather until no other could follow, until Enter, or for a second. */
function typing(desk, digit) {
  const units = desk.mode === 'units' || desk.mode === 'why';
  const count = units ? chosen(desk).length : desk.data.pages.length;
  desk.typed = (desk.typed + digit).slice(-3);
  clearTimeout(desk.jumping);
  if (isWhole(desk.typed, count)) {
    desk.arrived = Date.now(); // an Enter that follows out of habit turns no page
    return arrive(desk);
  }
  desk.jumping = setTimeout(() => arrive(desk), 1000);
  draw(desk);
}

function arrive(desk) {
  clearTimeout(desk.jumping);
  const units = desk.mode === 'units' || desk.mode === 'why';
  const at = placeTyped(desk.typed, units ? chosen(desk).length : desk.data.pages.length);
  desk.typed = '';
  if (at !== null && units) openWhy(desk, at);
  else if (at !== null) desk.place = {at, part: 0};
  draw(desk);
}

function clicked(desk, event) {
  const row = event.target.closest('[data-unit]');
  if (desk.mode === 'units' && row) openWhy(desk, chosen(desk).findIndex((unit) => unit.id === row.dataset.unit));
  else if (desk.mode === 'page') obey(desk, event.clientX < window.innerWidth / 3 ? 'back' : 'next');
  draw(desk);
}

function black(desk, on) {
  desk.black = on;
  desk.blank.hidden = !on;
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen?.();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

function leave(desk) {
  desk.left = true;
  clearTimeout(desk.walking);
  if (document.fullscreenElement) document.exitFullscreen?.();
  if (desk.dialog.open) desk.dialog.close();
  desk.ask({what: 'leave'});
}

/** A wall turns by itself, over every part of every page. */
function walk(desk) {
  clearTimeout(desk.walking);
  if (!desk.data.wall || desk.left) return;
  desk.walking = setTimeout(() => {
    desk.place = wallTurned(desk.place, desk.data.pages.length, desk.parts);
    desk.mode = 'page';
    draw(desk);
    walk(desk);
  }, desk.data.wall * 1000);
}
