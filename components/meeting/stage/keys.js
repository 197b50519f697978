/* What a key asks for. Pure. A clicker sends PageUp and PageDown, some also b or "." and F5. */

const TURNS = {ArrowRight: 'next', PageDown: 'next', ' ': 'next', Enter: 'next', ArrowLeft: 'back', PageUp: 'back', Backspace: 'back'};
const ALWAYS = {b: 'black', '.': 'black', f: 'full', F5: 'full', n: 'names', d: 'dark', '?': 'help', '？': 'help', h: 'help'};
const MODES = {
  page: {...TURNS, Home: 'first', End: 'last', w: 'units', ArrowDown: 'units', t: 'trial', r: 'reveal', Escape: 'leave'},
  units: {ArrowDown: 'further', ArrowUp: 'nearer', ArrowRight: 'further', ArrowLeft: 'nearer', PageDown: 'further', PageUp: 'nearer',
    Home: 'first', End: 'last', Enter: 'open', ' ': 'open', w: 'open', Escape: 'page', Backspace: 'page'},
  why: {...TURNS, w: 'other', ArrowDown: 'other', ArrowUp: 'page', Escape: 'page', Backspace: 'page'},
  trial: {ArrowDown: 'further', ArrowUp: 'nearer', ArrowRight: 'more', ArrowLeft: 'less', '+': 'more', '=': 'more', '-': 'less',
    PageDown: 'parts', ' ': 'parts', PageUp: 'partsBack', 0: 'restore', g: 'group', t: 'page', Escape: 'page', Backspace: 'page'},
  help: {},
};

/** The command of a key in a mode, or null for one that means nothing. A digit is "digit:7" wherever one can be typed. */
function commandOf(key, mode) {
  const plainKey = key.length === 1 ? key.toLowerCase().normalize('NFKC') : key;
  const own = Object.hasOwn(MODES[mode], plainKey) ? MODES[mode][plainKey] : null;
  if (mode === 'help') return 'page'; // whatever is pressed, the help goes
  if (own) return own;
  if (/^\d$/.test(plainKey) && mode !== 'trial') return `digit:${plainKey}`;
  return Object.hasOwn(ALWAYS, plainKey) ? ALWAYS[plainKey] : null;
}

/** Typed digits as a place from 1 to count, from 0; what is too large is the last; null for none. */
function placeTyped(digits, count) {
  const number = Number.parseInt(digits, 10);
  return Number.isNaN(number) || number < 1 || count < 1 ? null : Math.min(number, count) - 1;
}

/** Whether no further digit could lead anywhere else: "3" of 7, "12" of 40. */
function isWhole(digits, count) {
  return Number.parseInt(digits, 10) > 0 && Number.parseInt(digits, 10) * 10 > count;
}
