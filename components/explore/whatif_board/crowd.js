/* More than forty units: how the scores are spread, how many have each grade, and a table of those that change. */

const TABLE_ROWS = 200; // more than anyone reads, few enough to go through every frame

/** How far down the table is in view, and a little more: rows below that need not be redrawn while the hand moves. */
function rowsInView(picture) {
  const [list, row] = ['.changes', '.changes tbody tr'].map((part) => picture.querySelector(part));
  return 8 + (row ? Math.ceil((list.scrollTop + list.clientHeight) / row.offsetHeight) : 12);
}

/** Counts, histogram and table of at most so many rows, as one plan. */
function crowd(board, rows, look, span, most) {
  const shown = rows.filter((row) => !row.missing);
  return plan('div', {class: 'crowd'}, counts(board, shown), histogram(board, shown, look, span), changes(board, shown, most));
}

/** "● 好 12 → 14" for each grade. */
function counts(board, rows) {
  const count = (side, i) => rows.filter((row) => row[side].grade === i).length;
  return plan('ul', {class: 'counts'}, board.lines.map((line, i) => {
    const [before, after] = [count('before', i), count('after', i)];
    return plan('li', {'data-count': line.name, 'data-before': before, 'data-after': after, class: before === after ? 'same' : 'moved'},
      markIcon(lookOf(board, i)), plan('span', {}, line.name), plan('b', {}, before === after ? `${after}` : `${before} → ${after}`));
  }));
}

/** Units by score, coloured by the grade they have now; the outline is how they stood before. */
function histogram(board, rows, look, [low, high]) {
  const bins = Math.min(60, Math.max(10, high - low) * (high - low <= 30 ? 2 : 1));
  const bin = (side) => Math.min(bins - 1, Math.max(0, Math.floor(((toPixelNumber(side.score, side.den) - low) / (high - low)) * bins)));
  const before = Array(bins).fill(0);
  const after = Array.from({length: bins}, () => board.lines.map(() => 0).concat(0));
  for (const row of rows) {
    if (row.before.score !== null) before[bin(row.before)] += 1;
    after[bin(row.after)][row.after.grade ?? board.lines.length] += 1;
  }
  const tallest = Math.max(1, ...before, ...after.map((stack) => stack.reduce((a, b) => a + b, 0)));
  return bars(board, {before, after, bins, tallest, low, high}, look);
}

function bars(board, spread, look) {
  const [height, base] = [190, 164];
  const wide = look.width / spread.bins;
  const tall = (count) => (count / spread.tallest) * (base - 26);
  const stacks = spread.after.flatMap((stack, i) => {
    let y = base;
    return stack.map((count, grade) => {
      if (!count) return null;
      y -= tall(count);
      const fill = grade < board.lines.length ? board.colours[grade] : 'var(--st-gray-color)';
      return plan('rect', {key: `${i} ${grade}`, x: i * wide + 0.5, y, width: Math.max(1, wide - 1), height: tall(count), fill});
    });
  });
  const outline = spread.before.flatMap((count, i) => [`${i * wide},${base - tall(count)}`, `${(i + 1) * wide},${base - tall(count)}`]);
  const ticks = [];
  for (let score = spread.low; score <= spread.high; score += spread.high - spread.low > 30 ? 10 : 5) {
    const x = ((score - spread.low) / (spread.high - spread.low)) * look.width;
    const anchor = score === spread.low ? 'start' : x > look.width - 12 ? 'end' : 'middle';
    ticks.push(plan('text', {x, y: base + 14, class: 'cutlabel', 'text-anchor': anchor}, `${score}`));
  }
  return plan('svg', {width: look.width, height, class: 'histogram', role: 'img', 'aria-label': '得分分布'}, stacks,
    plan('polyline', {points: outline.join(' '), class: 'outline'}),
    plan('line', {x1: 0, x2: look.width, y1: base, y2: base, class: 'axis'}), ticks,
    plan('text', {x: 0, y: 8, class: 'cutlabel'}, `得分分布：色块为${board.caption_after}，折线为${board.caption_before}；最高一栏${spread.tallest}个`));
}

function changes(board, rows, most) {
  const changed = changedRows(board, rows);
  if (!changed.length) return plan('p', {class: 'calm'}, headline(board, []).split('，')[0]);
  const names = [board.noun, '得分', ...(board.lines.length ? ['等次'] : []), ...(board.rank.length ? ['位次'] : [])];
  const head = plan('tr', {}, names.map((name, i) => plan('th', {scope: 'col', class: i ? 'number' : null}, name)));
  const more = changed.length - most;
  return plan('div', {class: 'changes', tabindex: 0, role: 'region', 'aria-label': '变化名单'},
    plan('table', {}, plan('thead', {}, head), plan('tbody', {}, changed.slice(0, most).map((row) => changeRow(board, row)))),
    more > 0 ? plan('p', {class: 'aside'}, `另有${more}个未列出${most < TABLE_ROWS ? '，松手后列出' : ''}`) : null);
}

function changeRow(board, row) {
  const grade = (i) => plan('span', {class: 'grade'}, markIcon(lookOf(board, i)), lookOf(board, i).name);
  return plan('tr', {key: row.id, class: row.change ?? 'same', ...dataOf(board, row)},
    plan('th', {scope: 'row'}, row.name),
    plan('td', {class: 'number'}, `${row.before.text} → `, plan('b', {}, row.after.text)),
    board.lines.length
      ? plan('td', {class: 'number'}, grade(row.before.grade), ' → ', grade(row.after.grade), row.after.limited ? '（限）' : null) : null,
    board.rank.length ? plan('td', {class: 'number'}, row.moved ? `${row.before.rank} → ${row.after.rank}` : `${row.after.rank}`) : null);
}
