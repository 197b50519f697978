/* Making elements, and keeping them: what is redrawn every frame is planned first, and only what differs is touched. Texts go in as text nodes only: names come from uploaded files. */

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'g', 'line', 'path', 'text', 'tspan', 'polygon', 'rect', 'polyline', 'circle', 'title']);

/** el('p', {class: 'note'}, 'text', child, …): null and undefined children and attributes are left out. */
function el(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A description of an element, cheap enough to make every frame; el's rules for null. ``key`` names it among its siblings. */
function plan(tag, {key, ...attributes} = {}, ...children) {
  return {tag, key, attributes, children: children.flat(2).filter((child) => child !== null && child !== undefined)};
}

/** Make the parent's children what is planned (strings are text). Nodes of the same key, or without keys of the same tag
    in the same place, are kept; drawing what was already there changes nothing. */
function bring(parent, planned) {
  const keyed = new Map([...parent.childNodes].filter((node) => node.plan?.key !== undefined).map((node) => [node.plan.key, node]));
  let at = parent.firstChild;
  for (const wanted of planned) {
    const found = wanted.key === undefined ? at : keyed.get(wanted.key);
    const node = fits(found, wanted) ? found : made(wanted);
    const isPlace = node === at || (at && wanted.key === undefined && at.plan?.key === undefined);
    const next = isPlace ? at.nextSibling : at;
    if (node !== at) parent.insertBefore(node, at);
    if (node !== at && isPlace) at.remove();
    at = next;
    alter(node, wanted);
  }
  while (at) { const next = at.nextSibling; at.remove(); at = next; }
}

function fits(node, wanted) {
  if (!node) return false;
  if (typeof wanted === 'string') return node.nodeType === 3;
  return node.plan?.tag === wanted.tag && node.plan.key === wanted.key;
}

function made(wanted) {
  if (typeof wanted === 'string') return document.createTextNode(wanted);
  return Object.assign(el(wanted.tag), {plan: {...wanted, attributes: {}, children: []}});
}

/** Bring one node from what it was planned as to what it is planned as now. */
function alter(node, wanted) {
  if (typeof wanted === 'string') {
    if (node.data !== wanted) node.data = wanted;
    return;
  }
  const had = node.plan.attributes;
  node.plan = wanted;
  for (const name of Object.keys({...had, ...wanted.attributes})) {
    const value = wanted.attributes[name] ?? null;
    if (value === (had[name] ?? null)) continue;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
  }
  bring(node, wanted.children);
}

/** Write a text or an attribute only where it differs: an equal one would still be laid out and painted anew. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}

const CORNERS = {
  '◆': [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  '▲': [[0, -1.2], [1.15, 0.9], [-1.15, 0.9]],
  '■': [[-0.95, -0.95], [0.95, -0.95], [0.95, 0.95], [-0.95, 0.95]],
};

/** The grade's mark of radius r as a plan, its middle at (x, y): circle ●, diamond ◆, triangle ▲, square ■. */
function markOf(look, x, y, r) {
  const common = {transform: `translate(${x} ${y})`, fill: look.colour, class: 'mark'};
  const corners = CORNERS[look.shape];
  if (!corners) return plan('circle', {...common, r});
  return plan('polygon', {...common, points: corners.map(([dx, dy]) => `${(dx * r).toFixed(1)},${(dy * r).toFixed(1)}`).join(' ')});
}

/** The mark alone, as big as the text around it, as a plan. */
function markIcon(look) {
  return plan('svg', {width: 12, height: 12, viewBox: '0 0 12 12', class: 'icon', 'aria-hidden': 'true'}, markOf(look, 6, 6, 4.2));
}

/** The look of grade i: {name, colour, shape}; of no grade, a grey dot without a word. */
function lookOf(board, i) {
  if (i === null) return {name: '', colour: 'var(--st-gray-color)', shape: '●'};
  return {name: board.lines[i].name, colour: board.colours[i], shape: board.shapes[i]};
}
