/* 为什么: which unit, then its reasons with their clauses, then what would change it. */

/** The list to choose from, around the marked one; its numbers are what is typed. */
function drawUnits(sheet, units, at, typed) {
  const letter = 1.25 * fontOf(sheet), longest = Math.max(...units.map((unit) => lettersOf(unit.name)));
  const lines = Math.ceil(longest / Math.max(4, (sheet.clientWidth / 2) / letter - 4.5));
  const room = 2 * Math.max(2, Math.floor((sheet.clientHeight * 0.64) / (letter * (1.35 * lines + 0.6))));
  const [from, to] = around(at, units.length, room);
  const rows = units.slice(from, to).map((unit, i) => {
    const row = make('div', from + i === at ? 'choice marked' : 'choice', make('b', '', String(from + i + 1)), unit.name);
    row.dataset.unit = unit.id;
    return set(row, {role: 'option', 'aria-selected': String(from + i === at)});
  });
  const more = units.length > to - from ? `第${from + 1}至${to}个，共${units.length}个。` : '';
  sheet.classList.remove('cover');
  sheet.replaceChildren(
    make('header', '', make('p', 'topic', '为什么'), make('h1', '', typed ? `查看第${typed}个` : '查看哪一个？')),
    make('div', 'body', set(make('div', 'choices', rows), {role: 'listbox'})),
    hint(`${more}按数字，或用 ↑ ↓ 选定后按回车；Esc 返回`));
}

/** One part of a unit's reasons; "other" shows what would change it. */
function drawWhy(sheet, why, other, looks, wanted) {
  const told = other ? why.change : why.why;
  const rows = lineRows(told.lines);
  if (!rows.length) rows.push(make('div', 'line', other ? '没有可以算出的变动条件。' : '尚无可说明的步骤。'));
  const list = set(make('div', 'rows', rows), {role: 'list'});
  const body = make('div', 'body', list);
  const cites = told.cites.length ? make('span', '', make('b', '', '依据'), told.cites.join('、')) : '';
  sheet.classList.remove('cover');
  sheet.replaceChildren(
    make('header', '', make('p', 'topic', other ? '怎样会变' : '为什么'), make('h1', '', told.message || why.why.message, why.grade ? gradePlate(looks, why.grade) : null)),
    body, hint(other ? 'W 看依据，Esc 返回' : 'W 看怎样会变，Esc 返回', cites));
  return keepPart(body, list, null, rows, null, wanted);
}
