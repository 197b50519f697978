/* Before → after in words: what the drawing, the table and the sentences all speak from. */

/** One row a unit: {id, name, missing, before, after, change: 'up' | 'down' | null, moved}; before and after hold
    {score, den, text, grade, rank}, after also whether a limit holds the grade. */
function compare(board, result) {
  return board.units.map((unit, i) => {
    const now = result.units[i];
    const before = {...unit.before, den: board.shown, text: scoreText(unit.before.score, board.shown, board.places_before)};
    const after = {...now, den: result.den, text: scoreText(now.score, result.den, board.places)};
    const known = before.grade !== null && after.grade !== null && before.grade !== after.grade;
    const change = !known ? null : after.grade < before.grade ? 'up' : 'down';
    const moved = before.rank !== null && after.rank !== null && before.rank !== after.rank;
    return {id: unit.id, name: unit.name, missing: after.score === null, before, after, change, moved};
  });
}

/** "1个考核对象改变等次，2个位次变化" — only of grades where nothing is ranked, only of places where nothing is graded. */
function headline(board, rows) {
  const given = (row) => row.before.score !== null && row.before.grade === null && row.after.grade !== null; // by borrowed lines
  const changed = rows.filter((row) => row.change || given(row)).length;
  const moved = rows.filter((row) => row.moved).length;
  const grades = changed ? `${changed}个${board.noun}改变等次` : '等次均不变';
  const places = moved ? `${moved}个${board.lines.length ? '' : board.noun}位次变化` : '位次均不变';
  const told = [board.lines.length ? grades : null, board.rank.length ? places : null].filter(Boolean);
  return told.join('，') || rescored(board, rows);
}

/** Where nothing is graded and nothing ranked, there are only scores to speak of. */
function rescored(board, rows) {
  const changed = rows.filter((row) => row.before.text !== row.after.text).length;
  return changed ? `${changed}个${board.noun}得分变化` : '得分均不变';
}

/** "对象丙 89.24 → 90.02：较好 → 好" as a plan, the place after it in grey; a score that stays is said once. */
function sentence(board, row) {
  const [from, to] = [lookOf(board, row.before.grade), lookOf(board, row.after.grade)];
  const [was, is] = [row.before.text, row.after.text];
  const places = row.moved ? `位次 ${row.before.rank} → ${row.after.rank}` : `位次 ${row.after.rank}`;
  const aside = board.rank.length ? plan('span', {class: 'aside'}, places) : null;
  const limit = row.after.limited ? '（按等次限制）' : '';
  return plan('li', {class: row.change, 'data-sentence': row.id},
    plan('span', {class: 'arrow', 'aria-hidden': 'true'}, row.change === 'up' ? '↑' : '↓'),
    plan('span', {class: 'what'}, `${row.name} ${was === is ? '' : `${was} → `}`, plan('b', {}, is), `：${from.name} → `,
      markIcon(to), plan('b', {}, to.name), limit, aside));
}

/** The attributes a test, or a reader's own script, finds a unit's result by. */
function dataOf(board, row) {
  const {after} = row;
  return {
    'data-unit': row.id, 'data-score': row.missing ? '' : after.text, 'data-exact': row.missing ? '' : `${after.score}/${after.den}`,
    'data-grade': after.grade === null ? '' : board.lines[after.grade].name, 'data-rank': after.rank ?? '',
  };
}

/** Those whose grade changes (or whose place, where nothing is graded), the best placed first. */
function changedRows(board, rows) {
  return rows.filter((row) => (board.lines.length ? row.change : row.moved)).sort((a, b) => a.after.rank - b.after.rank);
}

/** The list of those without a score, or null: "暂缺：对象己（不计得分，不参与位次）". */
function missingNote(board, rows) {
  const names = rows.filter((row) => row.missing)
    .map((row, i) => [i ? '、' : null, plan('span', dataOf(board, row), row.name)]);
  return names.length ? plan('p', {class: 'missing'}, '暂缺：', ...names.flat(), board.rank.length ? '（不计得分，不参与位次）' : '（不计得分）') : null;
}
