/* Bringing the screen to where the presenter stands. */

function draw(desk) {
  const {data, dialog, sheet} = desk;
  if (!data || desk.left) return;
  const looks = {...data.looks[desk.dark ? 'dark' : 'light'], name: desk.dark ? 'dark' : 'light'};
  for (const name of ['text', 'quiet', 'line', 'paper', 'ground']) dialog.style.setProperty(`--${name}`, looks[name]);
  dialog.style.setProperty('--on-series', looks.onSeries);
  dialog.dataset.mode = desk.mode;
  dialog.dataset.version = data.version;
  dialog.dataset.revealed = String(data.revealed);
  ({page: drawThisPage, help: drawThisPage, units: () => drawUnits(sheet, chosen(desk), desk.pick, desk.typed), why: drawThisWhy, trial: drawThisTrial})[desk.mode](desk, looks);
  desk.help.hidden = desk.mode !== 'help';
  if (desk.mode === 'help') desk.help.replaceChildren(make('h1', '', '按键'), make('div', 'keys', data.help.map(([key, does]) => make('p', '', make('b', '', key), does))));
  tell(desk);
}

function drawThisPage(desk, looks) {
  const page = desk.data.pages[desk.place.at];
  if (!page) return desk.sheet.replaceChildren(make('header', '', make('h1', '', '没有选定汇报页')));
  let found = drawPage(desk.sheet, page, looks, desk.place.part);
  const showing = desk.show ? partWith(page, desk.show, found.chunks) : null;
  desk.show = null;
  if (showing !== null && showing !== found.part) found = drawPage(desk.sheet, page, looks, showing);
  desk.place.part = found.part;
  desk.parts = found.parts;
  desk.dialog.dataset.page = page.key;
}

function drawThisWhy(desk, looks) {
  const {why} = desk.data;
  if (why?.id !== desk.unit) return desk.sheet.replaceChildren(make('header', '', make('p', 'topic', '为什么'), make('h1', '', '正在取依据…')));
  const found = drawWhy(desk.sheet, why, desk.other, looks, desk.whyPart);
  desk.whyPart = found.part;
  desk.whyParts = found.parts;
}

function drawThisTrial(desk, looks) {
  if (desk.trial) return drawTrial(desk.sheet, desk.trial, looks);
  const told = desk.data.trial ? '本方案没有可以现场试算的权重。' : '正在准备试算…';
  desk.sheet.replaceChildren(make('header', '', make('p', 'topic', '现场试算'), make('h1', '', told)), make('div', 'body'), hint('Esc 返回'));
}

/** The foot: how final, which figures, whether there are newer ones, how long, which page. */
function tell(desk) {
  const {data, foot} = desk;
  if (!data || desk.left) return;
  address(data.pages[desk.place.at]?.key ?? '');
  const part = desk.mode === 'page' && desk.parts > 1 ? `（${desk.place.part + 1}/${desk.parts}）` : '';
  foot.marking.textContent = data.foot.marking;
  foot.stamp.textContent = data.foot.stamp;
  foot.newer.textContent = data.foot.newer;
  foot.typed.textContent = desk.typed ? `转到 ${desk.typed}` : desk.said ?? '';
  foot.clock.textContent = data.wall ? new Date().toTimeString().slice(0, 5) : `${Math.floor((Date.now() - desk.began) / 60000)}分`;
  foot.number.textContent = `${desk.place.at + 1}/${data.pages.length}${part}`;
}

/** The page's key in the address, so that a reload leads back to it: neither a name nor a score is ever in it. A run of the script
    may put back what the address was, so it is set again with every drawing. */
function address(key) {
  const now = new URL(window.location.href);
  if (now.searchParams.get('page') === key) return;
  now.searchParams.set('page', key);
  window.history.replaceState(window.history.state, '', now);
}

function addressed(name) {
  return new URL(window.location.href).searchParams.get(name);
}

/** When this presentation began, kept over a reload. */
function beganAt(token) {
  const name = `hengxiao-stage-${token}`;
  try {
    const kept = Number(sessionStorage.getItem(name));
    if (kept && Date.now() - kept < 6 * 3600 * 1000) return kept;
    sessionStorage.setItem(name, String(Date.now()));
  } catch { /* no storage: the clock begins again */ }
  return Date.now();
}
