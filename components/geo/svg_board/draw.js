/* What is drawn. build() once for a set of shapes; paint() at every rerun: colours, words and selection only. */

const CROWD = 20; // of so many areas each is small: thick borders would cover it

/** Layers from the ground up. What is in `world` is scaled by zooming; all else keeps its size and only moves. */
const LAYERS = ['world', 'leaders', 'shapes', 'points', 'rings', 'words', 'inset'];

function build(desk, data) {
  const layers = Object.fromEntries(LAYERS.map((name) => [name, svgNode('g', {class: name})]));
  const world = ['ground', 'areas', 'lines', 'marks'].map((name) => svgNode('g', {class: name}));
  layers.world.append(...world);
  [layers.ground, layers.areas, layers.lines, layers.marks] = world;
  layers.ground.append(...data.ground.map((d) => path(d)));
  layers.lines.append(...data.lines.map((d) => path(d)));
  desk.things = data.codes.map((code, i) => thing(data, i));
  layers[data.d ? 'areas' : 'points'].append(...desk.things);
  desk.layers = layers;
  desk.svg.replaceChildren(...LAYERS.map((name) => layers[name]));
  dress(desk.svg, {viewBox: `0 0 ${data.w} ${data.h}`});
  desk.view = {k: 1, x: 0, y: 0};
  desk.at = 0;
}

function thing(data, i) {
  const own = {class: 'thing', 'data-i': i, 'data-code': data.codes[i], role: 'button', tabindex: -1};
  return data.d ? path(data.d[i], own) : svgNode('g', own, svgNode('circle', {r: data.radius}), svgNode('path'));
}

function paint(desk) {
  const {data, things} = desk;
  dress(desk.svg, {'aria-label': data.alt});
  things.forEach((node, i) => {
    const kind = data.kinds[data.fill[i]];
    dress(node, {'aria-label': data.tips[i].replaceAll('\n', '，'), 'aria-pressed': i === data.selected, fill: kind.color});
    if (!data.d) paintPoint(data, node, i, kind);
  });
  desk.layers.inset.replaceChildren(...(data.inset ? [insetOf(data.inset)] : []));
  markSelected(desk);
  takeWords(desk);
  rove(desk, data.selected >= 0 && !holdsFocus(desk) ? data.selected : desk.at);
  move(desk);
}

function paintPoint(data, node, i, kind) {
  const [circle, shape] = node.children;
  dress(circle, {class: i === data.selected ? 'chosen' : data.near.includes(i) ? 'near' : 'plain'});
  dress(shape, {d: kind.glyph, fill: kind.ink, transform: `scale(${data.radius / 9})`});
}

/** The borders of the selected area and of its neighbours once more, above all others. */
function markSelected(desk) {
  const {data, layers} = desk;
  const marks = (name, which) => which.flatMap((i) => [path(data.d[i], {class: 'halo'}), path(data.d[i], {class: name})]);
  const chosen = data.selected >= 0 ? [data.selected] : [];
  layers.marks.replaceChildren(...(data.d ? [...marks('near', data.near), ...marks('chosen', chosen)] : []));
}

/** The small map in the corner (南海诸岛): to be seen, not to be clicked. */
function insetOf(small) {
  const group = svgNode('g', {transform: `translate(${small.at.join(' ')})`});
  const clip = svgNode('svg', {width: small.w, height: small.h, viewBox: `0 0 ${small.w} ${small.h}`});
  clip.append(svgNode('rect', {class: 'sea', width: small.w, height: small.h}));
  clip.append(svgNode('g', {class: 'ground'}, ...small.ground.map((d) => path(d))));
  clip.append(svgNode('g', {class: 'areas'}, ...(small.d ?? []).map((d, i) => path(d, {fill: small.kinds[small.fill[i]].color}))));
  clip.append(svgNode('g', {class: 'lines'}, ...small.lines.map((d) => path(d))));
  clip.append(...small.words.map((word) => dress(plate(small, word), {transform: `translate(${word.x} ${word.y})`})));
  group.append(clip, svgNode('rect', {class: 'border', width: small.w, height: small.h}));
  return group;
}

/** A label: its plate and its lines, round its own middle. */
function plate(data, word) {
  const lines = word.text.split('\n'), high = data.letters * 1.25;
  const texts = lines.map((line, at) => svgNode('text',
    {y: (at - (lines.length - 1) / 2) * high + data.letters * 0.36, fill: word.ink, 'font-size': data.letters}, line));
  return svgNode('g', {class: 'word', 'data-i': word.i}, svgNode('rect',
    {x: -word.w / 2, y: -word.h / 2, width: word.w, height: word.h, rx: 4, fill: word.plate}), ...texts);
}

/** Put everything where the view says. */
function move(desk) {
  const {data, layers, view, things} = desk;
  dress(layers.world, {transform: `translate(${view.x} ${view.y}) scale(${view.k})`});
  if (!data.d) things.forEach((node, i) => dress(node, {transform: `translate(${spot(desk, i).join(' ')})`}));
  moveWords(desk);
  moveRing(desk);
  dress(desk.frame, {class: `frame${data.codes.length > CROWD ? ' crowd' : ''}${data.narrow ? ' narrow' : ''}${view.k > 1 ? ' near-by' : ''}`});
  desk.buttons.forEach((button) => dress(button, {'aria-disabled': button.idle(view)}));
}

/** Where the middle of a place is in the frame now. */
function spot(desk, i) {
  const {data, view} = desk;
  return [round(data.xy[2 * i] * view.k + view.x), round(data.xy[2 * i + 1] * view.k + view.y)];
}

const round = (value) => Math.round(value * 10) / 10;

/** The ring round what the keyboard is at. */
function moveRing(desk) {
  const {data, layers, view} = desk, node = desk.things[desk.ringed];
  if (!node) return layers.rings.replaceChildren();
  const at = data.d ? {d: data.d[desk.ringed], transform: `translate(${view.x} ${view.y}) scale(${view.k})`} : null;
  const [x, y] = spot(desk, desk.ringed);
  const ring = (name) => at ? path(at.d, {class: name, transform: at.transform})
    : svgNode('circle', {class: name, cx: x, cy: y, r: data.radius + 4});
  layers.rings.replaceChildren(ring('halo'), ring('ring'));
}
