/* Making elements. Texts go in as text nodes only: names come from uploaded files. */

/** make('p', 'note', 'text', child, …); null children are left out. */
function make(tag, name, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Set a custom property or a plain one of the style. */
function styled(node, properties) {
  for (const [name, value] of Object.entries(properties)) node.style.setProperty(name, value);
  return node;
}

/** A grade as it always looks: its shape and word on its colour. */
function gradePlate(looks, grade) {
  const look = looks.grades[grade] ?? looks.neutral;
  return styled(make('span', 'plate', `${look.shape} ${grade}`), {background: look.color, color: look.ink});
}

/** How wide a text is in letters: a Latin one counts for half. */
function lettersOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x2e80 ? 0.58 : 1), 0);
}

/** The line at a page's foot with what the keys do there. */
function hint(text, ...before) {
  return make('p', 'cites hinted', before, make('span', 'hint', text));
}
