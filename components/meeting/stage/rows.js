/* The rows of a page: sentences, bars and table rows, each one block that stands whole on the screen. */

/** {head, rows}: what is repeated over every part, and the rows. Each row knows its unit (data-unit) where it has one. */
function rowsOf(page, looks) {
  if (page.chart) return chartRows(page.chart, looks, page.lines);
  if (page.grid) return gridRows(page.grid, page.lines, looks);
  return {head: null, rows: lineRows(page.lines)};
}

function lineRows(lines) {
  return lines.flatMap((line) => pieces(line)).map((line) => set(make('div', 'line', line), {role: 'listitem'}));
}

function chartRows(chart, looks, lines) {
  const rows = chart.bars.map((bar) => barRow(chart, bar, looks));
  const columns = widest(chart.bars.map((bar) => bar.label), 3, 11);
  const texts = widest(chart.bars.flatMap((bar) => bar.texts), 3, 7);
  const one = chart.kind === 'ranked', notes = widest(chart.bars.map((bar) => bar.note), 0, 99);
  const graded = chart.bars.some((bar) => bar.grade) ? widest(chart.bars.map((bar) => bar.grade && `● ${bar.grade}　`), 3, 9) : 0;
  const widths = {'--label': `${columns}em`, '--text': one ? `${texts}em` : '0em', '--grade': `${graded}em`, '--note': `${notes <= 8 ? notes : 0}em`};
  const head = chartHead(chart, looks);
  for (const row of [...rows, ...(head ? [head] : [])]) { styled(row, widths); row.classList.toggle('noted', notes > 8); }
  return {head, rows: [...rows, ...lineRows(lines)]};
}

function chartHead(chart, looks) {
  if (chart.kind !== 'ranked') {
    return make('div', 'legend', chart.series.map((name, i) => make('span', 'key', swatch(looks, i), name)));
  }
  if (!chart.lines.length) return null;
  const marks = chart.lines.map((line) => styled(set(make('span', 'tick', line.text), {title: line.name}), {left: `${line.at}%`}));
  return make('div', 'bar axis', make('span', 'label', ''), make('span', 'track', marks), make('span', 'text', chart.unit), make('span', 'grade', ''), make('span', 'note', ''));
}

function swatch(looks, i) {
  return styled(make('i', `swatch series-${i % 4}`), {background: looks.series[i % looks.series.length]});
}

function barRow(chart, bar, looks) {
  const one = chart.kind === 'ranked';
  const track = make('span', `track ${chart.kind}`, one
    ? [filledBar(bar.widths[0], (looks.grades[bar.grade] ?? looks.neutral).color), ...chart.lines.map((line) => styled(make('i', 'rule'), {left: `${line.at}%`}))]
    : bar.widths.map((width, i) => seriesBar(chart, bar, width, i, looks)));
  const row = make('div', 'bar', make('span', 'label', bar.label), track, make('span', 'text', one ? bar.texts[0] : ''),
    make('span', 'grade', bar.grade ? gradePlate(looks, bar.grade) : ''), make('span', 'note', bar.note));
  row.dataset.unit = bar.key;
  return set(row, {role: 'listitem'});
}

function filledBar(width, color) {
  return styled(make('i', 'fill'), {width: `${width ?? 0}%`, background: color});
}

function seriesBar(chart, bar, width, i, looks) {
  const text = make('b', '', bar.texts[i] ?? '');
  const made = styled(make('span', `part series-${i % 4}`, chart.kind === 'grouped' ? null : text), {width: `${width ?? 0}%`, background: looks.series[i % looks.series.length]});
  if (chart.kind !== 'grouped') return width ? made : null;
  return make('span', 'lane', made, text);
}

const SHORT = 5.5; // letters of a column that is never broken
const NUMBER = /^([±+\-−]?[\d.,]+…?[%分个项名条次]?|—|暂缺|不变)$/u;

function gridRows(grid, lines, looks) {
  const column = (i) => grid.rows.map((row) => row[i] ?? '');
  const columns = grid.heads.map((head, i) => widest([head, ...column(i).map((cell) => (looks.grades[cell] ? `● ${cell}　` : cell))], 2, 18));
  const right = grid.heads.map((_, i) => i >= grid.left && column(i).every((cell) => NUMBER.test(cell)));
  const template = columns.map((width) => (width <= SHORT ? `${width}em` : `minmax(0, ${width}fr)`)).join(' ');
  const row = (cells, name, role) => styled(set(make('div', `cells ${name}`, cells.map((cell, i) =>
    set(make('span', right[i] ? 'right' : '', looks.grades[cell] && role === 'cell' ? gradePlate(looks, cell) : cell), {role}))), {role: 'row'}), {'grid-template-columns': template});
  return {head: row(grid.heads, 'heads', 'columnheader'), rows: [...grid.rows.map((cells) => row(cells, '', 'cell')), ...lineRows(lines)]};
}

function widest(texts, least, most) {
  return Math.min(Math.max(least, ...texts.map((text) => lettersOf(text ?? '') + 0.4)), most).toFixed(1);
}
