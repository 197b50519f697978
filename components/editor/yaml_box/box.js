/* Line numbers beside a plain textarea; what is typed goes to Python after a pause and on leaving. */

const PAUSE = 500; // milliseconds after the last key
const boxes = new WeakMap(); // one for each mounted box; Streamlit runs the default export again at every rerun

export default function yamlBox({data, parentElement, setStateValue}) {
  const box = boxes.get(parentElement) ?? open(parentElement);
  box.tell = (text) => setStateValue('typed', {token: box.token, text});
  if (box.token !== data.token) {
    flush(box);
    Object.assign(box, {token: data.token, sent: data.text});
    box.area.value = data.text;
  }
  box.faulty = data.faulty;
  number(box);
  return () => { flush(box); boxes.delete(parentElement); };
}

function open(parentElement) {
  const area = parentElement.querySelector('textarea'), gutter = parentElement.querySelector('.gutter');
  const box = {area, gutter, timer: 0, token: null, sent: null, faulty: {}};
  area.addEventListener('input', () => { number(box); clearTimeout(box.timer); box.timer = setTimeout(() => flush(box), PAUSE); });
  area.addEventListener('blur', () => flush(box));
  area.addEventListener('scroll', () => { gutter.scrollTop = area.scrollTop; });
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && !event.shiftKey && !box.leaving) indent(event, area);
    box.leaving = event.key === 'Escape';
  });
  boxes.set(parentElement, box);
  return box;
}

/** Tab writes two blanks: YAML refuses tabs. Escape, then Tab leaves the box, for those who use no mouse. */
function indent(event, area) {
  event.preventDefault();
  area.setRangeText('  ', area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input'));
}

function flush(box) {
  clearTimeout(box.timer);
  if (box.token === null || box.area.value === box.sent) return;
  box.sent = box.area.value;
  box.tell(box.sent);
}

function number(box) {
  const count = box.area.value.split('\n').length;
  const marked = JSON.stringify(box.faulty);
  if (box.count === count && box.marked === marked) return;
  Object.assign(box, {count, marked});
  box.gutter.replaceChildren(...Array.from({length: count}, (_, i) => {
    const line = document.createElement('div');
    line.textContent = i + 1;
    if (box.faulty[i + 1]) { line.className = 'faulty'; line.title = box.faulty[i + 1]; }
    return line;
  }), Object.assign(document.createElement('div'), {textContent: '\u00a0'}));
  box.gutter.scrollTop = box.area.scrollTop;
}
