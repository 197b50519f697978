/* A page on the screen: topic and message above, at most one thing to look at, the clauses at its foot. */

/** Draw one part of a page into ``sheet``; returns {part, parts, chunks}. Part −1 asks for the last one. */
function drawPage(sheet, page, looks, wanted) {
  const {head, rows} = rowsOf(page, looks);
  const figures = page.figures.length ? make('div', 'figures', page.figures.map((figure) => figureOf(figure, looks))) : null;
  const map = page.map ? mapOf(page.map, looks) : null;
  const list = set(make('div', 'rows', head, rows), {role: page.grid ? 'table' : 'list'});
  const body = make('div', map ? 'body beside' : 'body', figures, map, rows.length ? list : null);
  const plain = page.key === 'cover' || page.key === 'end';
  sheet.classList.toggle('cover', plain);
  sheet.replaceChildren(
    make('header', '', plain ? null : make('p', 'topic', page.topic), make('h1', '', page.message)), body,
    make('p', 'cites', page.cites.length ? [make('b', '', '本页依据'), page.cites.join('、')] : ''));
  return keepPart(body, list, head, rows, figures ?? map, wanted);
}

const GROWTH = [1.5, 1.4, 1.3, 1.2, 1.1, 1];
const THIN = 0.36; // the least part of a row that its bar may take before letters grow no more

/** Letters as large as lets all rows stand on one part, never larger than the message; else as many parts as it takes. Only the
    wanted part's rows stay; what stands above them shows with the first part only. */
function keepPart(body, list, head, rows, above, wanted) {
  styled(body, {'--grow': 1});
  if (!rows.length) return {part: 0, parts: 1, chunks: []};
  const most = (fontOf(body.parentElement.querySelector('h1')) * 0.95) / fontOf(body.parentElement);
  let found = null;
  for (const grow of GROWTH) {
    if (grow > 1 && grow > most) continue;
    styled(body, {'--grow': grow});
    found = measured(body, list, head, rows, above);
    if (found.chunks.length === 1 && found.wide) break;
  }
  if (found.thin) { // what is said beside the bars goes beneath them
    for (const row of rows) row.classList.add('noted');
    head?.classList.add('noted');
    found = measured(body, list, head, rows, above);
  }
  const {chunks} = found, part = wanted < 0 ? chunks.length - 1 : Math.min(wanted, chunks.length - 1), [from, to] = chunks[part];
  rows.forEach((row, i) => { if (i < from || i >= to) row.remove(); });
  if (part > 0 && above) above.remove();
  const used = found.heights.slice(from, to).reduce((sum, height) => sum + height, 0);
  const spare = (part ? found.later : found.first) - used;
  if (to > from + 1) styled(list, {'row-gap': `${Math.max(0, Math.min(spare / (to - from + 1) - 1, fontOf(list) * 0.55))}px`});
  if (head) clearTicks(head);
  for (const text of body.querySelectorAll('.stacked b')) text.hidden = !holds(text);
  return {part, parts: chunks.length, chunks};
}

/** Whether a segment holds its number whole: half a number would be another one. */
function holds(text) {
  return text.scrollWidth + 4 <= text.parentElement.clientWidth;
}

/** Of line marks that would cover each other the best grade's stays. */
function clearTicks(head) {
  let left = Infinity;
  for (const tick of [...head.querySelectorAll('.tick')].sort((a, b) => b.offsetLeft - a.offsetLeft)) {
    const box = tick.getBoundingClientRect();
    if (box.right + 4 > left) tick.remove();
    else left = box.left;
  }
}

function measured(body, list, head, rows, above) {
  const heights = rows.map((row) => row.getBoundingClientRect().height + Number.parseFloat(getComputedStyle(row).marginBottom || 0));
  const later = body.clientHeight - (head ? head.getBoundingClientRect().height : 0);
  const first = later - (above ? list.getBoundingClientRect().top - body.getBoundingClientRect().top : 0);
  const tracks = rows.map((row) => row.querySelector('.track')).filter(Boolean);
  const thin = tracks.some((track) => track.clientWidth < THIN * list.clientWidth);
  const wide = !thin && [...list.querySelectorAll('.stacked b')].every(holds);
  return {heights, first, later, thin, wide, chunks: chunked(heights, first, later)};
}

function fontOf(node) {
  return Number.parseFloat(getComputedStyle(node).fontSize);
}

function figureOf(figure, looks) {
  const look = figure.grade ? looks.grades[figure.grade] ?? looks.neutral : null;
  const number = make('p', 'number', figure.text, make('small', '', figure.unit));
  const label = make('p', 'what', figure.grade && look ? gradePlate(looks, figure.grade) : figure.label);
  return make('div', 'figure', number, label);
}

function mapOf(map, looks) {
  if (map.told) return make('div', 'map told', make('p', 'line', map.told));
  const picture = set(make('img', ''), {src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(map[looks.name])}`, alt: map.alt});
  return make('div', 'map', picture);
}

/** Which part of a page shows a unit, or null. */
function partWith(page, unit, chunks) {
  if (!page.chart || !chunks) return null;
  const at = page.chart.bars.findIndex((bar) => bar.key === unit);
  const found = chunks.findIndex(([from, to]) => at >= from && at < to);
  return at < 0 || found < 0 ? null : found;
}
