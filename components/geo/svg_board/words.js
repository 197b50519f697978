/* Labels keep their size when the map is enlarged: they move apart, and those that had no room come forth. */

const AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1]]; // where a point's label may stand: right, left, above, below

/** The labels of a new drawing: the selected place's; the scene's, in its order; names that had no room; mere shapes. */
function takeWords(desk) {
  const {data, layers} = desk;
  desk.words = [...data.words.map((word) => ({...word, given: true})), ...data.spare.map((each) => spare(data, each))];
  const rank = (word) => (word.mark ? 2 : word.i === data.selected ? 0 : 1);
  desk.words.sort((a, b) => rank(a) - rank(b));
  layers.words.replaceChildren();
  layers.leaders.replaceChildren();
  layers.shapes.replaceChildren();
  cull(desk);
}

/** A name that had no room: in the colour of its area, or on paper beside its point. */
function spare(data, [i, text, w]) {
  const kind = data.kinds[data.fill[i]], look = data.d ? {plate: kind.color, ink: kind.ink} : data.paper;
  return {i, text, w, h: data.line, dx: 0, dy: 0, ...look};
}

/** Which labels are shown, and where: at first sight as the scene says, when enlarged wherever none is covered. */
function cull(desk) {
  const {data, view} = desk, taken = [], named = new Set();
  for (const word of desk.words) {
    word.shown = view.k === 1 ? Boolean(word.given) : !named.has(word.i) && finds(desk, word, taken);
    if (word.shown) taken.push(boxOf(desk, word));
    if (word.shown) named.add(word.i);
    if (word.shown && !word.node) desk.layers.words.append(word.node = plate(data, word));
    if (word.shown && word.led && !word.line) desk.layers.leaders.append(word.line = svgNode('line'));
    if (word.node) dress(word.node, {display: word.shown ? null : 'none',
      class: `word${word.bare ? ' bare' : ''}${word.i === data.selected ? ' chosen' : ''}`});
    if (word.line) dress(word.line, {display: word.shown ? null : 'none'});
  }
  showShapes(desk);
  moveWords(desk);
}

/** Whether a label has room in the frame; a point's tries all sides. */
function finds(desk, word, taken) {
  const [x, y] = spot(desk, word.i), {data} = desk;
  if (x < 0 || y < 0 || x > data.w || y > data.h) return false;
  if (word.given || data.d) return free(boxOf(desk, word), taken);
  return AROUND.some(([right, down]) => {
    word.dx = right * (word.w / 2 + data.radius + 3);
    word.dy = down * (word.h / 2 + data.radius + 3);
    const box = boxOf(desk, word);
    return free(box, taken) && !desk.things.some((_, i) => i !== word.i && over(box, dot(desk, i)));
  });
}

function dot(desk, i) {
  const [x, y] = spot(desk, i), {radius} = desk.data;
  return {x, y, w: 2 * radius, h: 2 * radius};
}

const over = (a, b) => Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2;
const free = (box, taken) => !taken.some((other) => over(box, other));

/** An area's label comes home as the area grows; a point's stays beside it. */
function boxOf(desk, word) {
  const [x, y] = spot(desk, word.i), share = desk.data.d ? 1 / desk.view.k : 1;
  const dx = word.dx ?? word.x - desk.data.xy[2 * word.i], dy = word.dy ?? word.y - desk.data.xy[2 * word.i + 1];
  return {x: round(x + dx * share), y: round(y + dy * share), w: word.w, h: word.h};
}

function moveWords(desk) {
  for (const word of desk.words ?? []) {
    if (!word.shown) continue;
    const {x, y} = boxOf(desk, word), [x1, y1] = spot(desk, word.i);
    dress(word.node, {transform: `translate(${x} ${y})`});
    if (word.line) dress(word.line, {x1, y1, x2: x, y2: y});
  }
  for (const shape of desk.layers.shapes.children) {
    const [x, y] = spot(desk, Number(shape.dataset.i));
    dress(shape, {transform: `translate(${x} ${y})`});
  }
}

/** An area whose label has no room still bears its shape: colour never speaks alone. */
function showShapes(desk) {
  const {data} = desk;
  if (!data.d) return;
  const named = new Set(desk.words.filter((word) => word.shown).map((word) => word.i));
  const boxes = desk.words.filter((word) => word.shown).map((word) => boxOf(desk, word));
  const bare = data.codes.map((_, i) => i).filter((i) => !named.has(i) && data.kinds[data.fill[i]].glyph);
  desk.layers.shapes.replaceChildren(...bare.filter((i) => free({...dot(desk, i), w: 8, h: 8}, boxes)).map((i) => {
    const kind = data.kinds[data.fill[i]];
    return path(kind.glyph, {'data-i': i, fill: kind.ink});
  }));
}
