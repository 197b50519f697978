/* Wiring: what the hand does → values → one painting a frame → on release, Python. */

const CROWD = 40; // above this many units, lines would hide each other
const desks = new WeakMap(); // one state for each mounted board; Streamlit runs the default export again at every rerun

export default function whatifBoard({data, parentElement, setStateValue}) {
  const desk = desks.get(parentElement) ?? openDesk(parentElement);
  desk.tell = (released) => setStateValue('released', released);
  receive(desk, data);
  return () => { desk.observer.disconnect(); cancelAnimationFrame(desk.frame); desks.delete(parentElement); };
}

function openDesk(parentElement) {
  const root = parentElement.querySelector('.board');
  const part = (name) => el('div', {class: name});
  const desk = {root, locks: new Set(), notes: new Map(), moving: false, frame: 0, token: null, span: null};
  desk.parts = {controls: part('controls'), foot: part('foot'), sentences: el('ul', {class: 'sentences'}),
    headline: el('p', {class: 'headline'}), picture: part('picture'), missing: part('aside'),
    spoken: el('div', {class: 'spoken', 'aria-live': 'polite'})};
  const {controls, foot, sentences, headline: title, picture, missing, spoken} = desk.parts;
  root.replaceChildren(el('div', {class: 'bench'}, controls, foot, sentences), el('div', {class: 'stage'}, title, picture, missing), spoken);
  desk.observer = new ResizeObserver(() => { if (root.clientWidth !== desk.width) repaint(desk); });
  desk.observer.observe(root);
  desks.set(parentElement, desk);
  return desk;
}

/** New data after a rerun. The same token means the same question: the values in hand stay, even in the middle of a drag. */
function receive(desk, data) {
  const board = readBoard(data);
  const palette = getComputedStyle(desk.root).getPropertyValue('--st-chart-categorical-colors').split(',').map((c) => c.trim());
  if (!board.colours.length) board.colours = board.tones.map((tone) => palette[tone] || 'var(--st-gray-color)');
  Object.assign(desk, {board, look: null});
  if (desk.token !== board.token) {
    desk.token = board.token;
    desk.values = data.current.map(BigInt);
    desk.sent = String(desk.values);
    Object.assign(desk, {locks: new Set(), notes: new Map(), moving: false, basis: null, span: null});
    buildControls(desk);
  }
  repaint(desk);
}

function buildControls(desk) {
  const {board, parts} = desk;
  const linked = board.mode === 'weights' && board.controls.length > 1;
  const asks = asksOf(desk);
  parts.controls.replaceChildren(...board.controls.map((control, i) => controlElement(control, i, linked, asks)));
  parts.controls.classList.toggle('dense', board.controls.length > 6);
  desk.root.children[1].classList.toggle('dense-stage', board.controls.length > 6);
  desk.restore = el('button', {type: 'button', class: 'restore'}, board.restore);
  desk.restore.onclick = () => { change(desk, null, board.controls.map((c) => c.original)); settle(desk); };
  const total = desk.values.reduce((a, b) => a + b, 0n);
  parts.foot.replaceChildren(...[desk.restore, linked
    ? el('span', {class: 'total'}, `合计 ${plain(total, board.settings)}${board.controls[0].unit}`) : null].filter(Boolean));
}

/** What the controls may ask for. Each answer ends in new values and a painting; only settle() speaks to Python. */
function asksOf(desk) {
  const wish = (i, wanted) => change(desk, i, move(desk.board, desk.values, basisFor(desk, i), desk.locks, i, wanted));
  const sliding = (i, ratio) => {
    const {low, high, step} = desk.board.controls[i];
    return low + BigInt(Math.round(Math.min(1, Math.max(0, ratio)) * Number((high - low) / step))) * step;
  };
  return {
    grab: () => { begin(desk); desk.grabbed = desk.values; },
    drag: (i, ratio) => wish(i, sliding(i, ratio)),
    drop: () => settle(desk),
    cancel: (i) => { change(desk, i, desk.grabbed); settle(desk); },
    nudge: (i, way) => {
      const [lowest, highest] = reach(desk.board, desk.values, desk.locks, i);
      const ends = {low: lowest, high: highest};
      begin(desk);
      wish(i, ends[way] ?? desk.values[i] + way * desk.board.controls[i].step);
    },
    settle: () => settle(desk),
    type: (i, text) => typed(desk, i, text, wish),
    lock: (i) => {
      const {id} = desk.board.controls[i];
      if (!desk.locks.delete(id)) desk.locks.add(id);
      desk.basis = null;
      repaint(desk);
    },
  };
}

/** The hand begins to move a control: until it lets go, the span drawn only grows and the table keeps to what is in view. */
function begin(desk) {
  if (!desk.moving) desk.inView = rowsInView(desk.parts.picture);
  desk.moving = true;
}

/** The proportions the others keep while one control is moved, however often: theirs before its first move. */
function basisFor(desk, i) {
  if (desk.basis?.of !== i) desk.basis = {of: i, values: desk.values};
  return desk.basis.values;
}

function change(desk, i, values) {
  if (desk.basis?.of !== i) desk.basis = null;
  desk.notes.clear();
  desk.values = values;
  repaint(desk);
}

/** A typed number goes to the nearest it can be; where that is not what was typed, a note says so. */
function typed(desk, i, text, wish) {
  const {board} = desk;
  const control = board.controls[i];
  const [lowest, highest] = reach(board, desk.values, desk.locks, i).map((v) => plain(v, board.settings));
  const number = typedNumber(text);
  if (number === null) {
    desk.notes.set(i, `“${text}”不是数字，请填${lowest}至${highest}之间的数`);
    repaint(desk);
    return;
  }
  wish(i, halfUp(number.n * board.settings, number.d));
  if (desk.values[i] * number.d !== number.n * board.settings) {
    desk.notes.set(i, `现可取${lowest}至${highest}，最小变动${plain(control.step, board.settings)}，已取${plain(desk.values[i], board.settings)}`);
  }
  settle(desk);
}

/** The hand has let go: tell Python, once for each different set of values, and whoever listens instead of looking. */
function settle(desk) {
  desk.moving = false;
  repaint(desk);
  if (String(desk.values) === desk.sent) return;
  desk.sent = String(desk.values);
  const {board} = desk;
  desk.tell({token: desk.token, values: Object.fromEntries(board.controls.map((c, i) => [c.id, `${desk.values[i]}/${board.settings}`]))});
  desk.parts.spoken.textContent = headline(board, compare(board, assess(board, desk.values)));
}

/** One painting in the next frame, however often it is asked for until then. */
function repaint(desk) {
  desk.frame ||= requestAnimationFrame(() => { desk.frame = 0; paint(desk); });
}

function paint(desk) {
  const {board, parts} = desk;
  const result = assess(board, desk.values);
  const rows = compare(board, result);
  measure(desk);
  paintControls(desk);
  write(parts.headline, headline(board, rows));
  parts.headline.classList.toggle('changed', rows.some((row) => row.change));
  const known = rows.flatMap((row) => [row.before, row.after]).filter((side) => side.score !== null);
  desk.span = known.length ? spanOf(known.map((side) => toPixelNumber(side.score, side.den)), desk.moving && desk.span) : [0, 100];
  const many = board.units.length > CROWD;
  const picture = many ? crowd(board, rows, desk.look, desk.span, desk.moving ? Math.min(desk.inView, TABLE_ROWS) : TABLE_ROWS) : slopeChart(board, rows, result, desk.look, desk.span);
  bring(parts.picture, [picture]);
  bring(parts.missing, [missingNote(board, rows), limitNote(rows)].filter(Boolean));
  bring(parts.sentences, many || !board.lines.length ? [] : changedRows(board, rows).map((row) => sentence(board, row)));
}

function paintControls(desk) {
  const {board, parts, values} = desk;
  board.controls.forEach((control, i) => showControl(parts.controls.children[i], control, {
    value: values[i], reach: reach(board, values, desk.locks, i), locked: desk.locks.has(control.id),
    note: desk.notes.get(i), settings: board.settings,
  }));
  desk.restore.disabled = values.every((v, i) => v === board.controls[i].original);
}

/** How much room there is. Asked before anything is written, and again only when the board's own width has changed: a
    question between two writings would have the browser lay everything out for its answer. */
function measure(desk) {
  const {root, board, parts: {picture}} = desk;
  if (desk.look && desk.width === root.clientWidth) return;
  desk.width = root.clientWidth;
  root.classList.toggle('narrow', desk.width < 720);
  const width = Math.max(300, Math.floor(picture.clientWidth));
  const small = width < 440;
  picture.classList.toggle('small', small);
  const font = `650 ${small ? 12 : 14}px ${getComputedStyle(picture).fontFamily}`;
  desk.look = {width, narrow: width < 600, height: board.height, font};
}

function limitNote(rows) {
  const limited = rows.filter((row) => row.after.limited).map((row) => row.name);
  return limited.length ? plan('p', {class: 'missing'}, `得分已达更高等次，按等次限制封顶：${limited.join('、')}`) : null;
}
