/* Making nodes. Text enters as text only: names are never read as markup. */

const SVG_SPACE = 'http://www.w3.org/2000/svg';

function svgNode(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG_SPACE, name);
  dress(made, attributes);
  made.append(...children);
  return made;
}

function htmlNode(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  dress(made, attributes);
  made.append(...children);
  return made;
}

/** Set what differs; null takes an attribute away. */
function dress(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) made.removeAttribute(name);
    else if (made.getAttribute(name) !== String(value)) made.setAttribute(name, value);
  }
  return made;
}

const within = (value, low, high) => Math.min(Math.max(value, low), high);
const path = (d, attributes = {}) => svgNode('path', {d, ...attributes});
