/* Making elements. Texts go in as text nodes only: names come from uploaded files. */

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'g', 'line', 'path', 'text', 'tspan', 'polygon', 'rect', 'polyline', 'title']);

/** el('p', {class: 'note'}, 'text', child, …): null and undefined children and attributes are left out. */
function el(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The grade's mark as an SVG path around (x, y): circle ●, diamond ◆, triangle ▲, square ■. */
function markPath(shape, x, y, r) {
  const at = (points) => `M${points.map(([dx, dy]) => `${(x + dx * r).toFixed(1)} ${(y + dy * r).toFixed(1)}`).join('L')}Z`;
  if (shape === '◆') return at([[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]);
  if (shape === '▲') return at([[0, -1.2], [1.15, 0.9], [-1.15, 0.9]]);
  if (shape === '■') return at([[-0.95, -0.95], [0.95, -0.95], [0.95, 0.95], [-0.95, 0.95]]);
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

/** The mark alone, as big as the text around it. */
function markIcon(look) {
  const path = el('path', {d: markPath(look.shape, 6, 6, 4.2), fill: look.colour, class: 'mark'});
  return el('svg', {width: 12, height: 12, viewBox: '0 0 12 12', class: 'icon', 'aria-hidden': 'true'}, path);
}

/** The look of grade i: {name, colour, shape}; of no grade, a grey dot without a word. */
function lookOf(board, i) {
  if (i === null) return {name: '', colour: 'var(--st-gray-color)', shape: '●'};
  return {name: board.lines[i].name, colour: board.colours[i], shape: board.shapes[i]};
}
