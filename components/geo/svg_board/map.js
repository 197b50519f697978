/* Wiring: data from Python → drawing; what the hand picks → Python. */

const desks = new WeakMap(); // one for each mounted map; Streamlit runs the default export again at every rerun

export default function svgMap({data, parentElement, setTriggerValue}) {
  const kept = desks.get(parentElement);
  const desk = kept?.frame.isConnected ? kept : open(parentElement);
  desk.tell = (code) => setTriggerValue('picked', code);
  const fresh = desk.data?.shape !== data.shape;
  desk.data = data;
  desk.most = data.codes.length > 200 ? 32 : 10;
  desk.svg.style.height = `${data.h}px`;
  if (fresh) { hideTip(desk); desk.ringed = -1; build(desk, data); }
  paint(desk);
  return () => { clearTimeout(desk.later); cancelAnimationFrame(desk.painting); };
}

function open(parentElement) {
  const svg = svgNode('svg', {role: 'group', 'aria-roledescription': '地图'});
  const tip = htmlNode('div', {class: 'tip', 'aria-hidden': 'true', hidden: ''});
  const frame = htmlNode('div', {class: 'frame'});
  const desk = {svg, tip, frame, buttons: [], ringed: -1, at: 0};
  desk.buttons = [
    button('＋', '放大地图', (view) => view.k >= desk.most, () => zoom(desk, STEP)),
    button('－', '缩小地图', (view) => view.k === 1, () => zoom(desk, 1 / STEP)),
    button('复位', '恢复地图原来的大小和位置', (view) => view.k === 1, () => zoom(desk, 0)),
  ];
  const buttons = htmlNode('div', {class: 'buttons', role: 'group', 'aria-label': '缩放地图'}, ...desk.buttons);
  frame.append(svg, tip, buttons);
  parentElement.querySelector('.svg-map').replaceChildren(frame);
  listen(desk);
  desks.set(parentElement, desk);
  return desk;
}

function button(text, label, idle, act) {
  const made = htmlNode('button', {type: 'button', 'aria-label': label, title: label}, text);
  made.idle = idle;
  made.addEventListener('click', act);
  return made;
}

/** What a pointer resting on a place shows, or the keyboard at it; beside it and inside the frame. */
function showTip(desk, i, [x, y]) {
  const {tip, data, svg, frame} = desk;
  if (i < 0) return hideTip(desk);
  if (desk.told !== i) tip.replaceChildren(...data.tips[i].split('\n').map((line) => htmlNode('div', {}, line)));
  desk.told = i;
  tip.hidden = false;
  const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()), box = svg.getBoundingClientRect();
  const left = at.x - box.left, top = at.y - box.top, {offsetWidth: wide, offsetHeight: high} = tip;
  tip.style.left = `${within(left + 14 + wide > box.width ? left - wide - 14 : left + 14, 0, Math.max(box.width - wide, 0))}px`;
  tip.style.top = `${within(top + 14 + high > box.height ? top - high - 14 : top + 14, 0, Math.max(box.height - high, 0))}px`;
}

function hideTip(desk) {
  desk.tip.hidden = true;
  desk.told = -1;
}
