/* The slope drawing for up to forty units: the document's scores on the left, the trial's on the right. */

const LEADER = 22; // pixels between an axis and its labels, where the leader lines run

/** The whole drawing as a plan. look: {width, height (at least), font, narrow}; span: the scores drawn. */
function slopeChart(board, rows, result, look, span) {
  const shown = rows.filter((row) => !row.missing);
  const place = columns(shown, look, board);
  const [top, bottom] = [46, place.height - 12];
  const y = scaleOf(span, top + 6, bottom - 6);
  const sides = {
    left: labelHeights(shown, 'before', board.lines, board, {y, gap: place.gap, top, bottom}),
    right: labelHeights(shown, 'after', result.lines, board, {y, gap: place.gap, top, bottom}),
  };
  return plan('svg', {width: look.width, height: place.height, role: 'img', 'aria-label': headline(board, rows), class: 'slope'},
    bands(board, result, y, place, top, bottom),
    heads(board, look, place),
    ...[...shown].sort((a, b) => (a.change ? 1 : 0) - (b.change ? 1 : 0)).map((row) => unitGroup(board, row, y, sides, place, look)),
    cutLabels(board, result, shown, y, place, top, bottom));
}

/** The x of everything, from what the texts measure. */
function columns(rows, look, board) {
  const {font, narrow, width} = look;
  const gutter = narrow ? 0 : 64;
  const widest = (texts) => Math.ceil(Math.max(0, ...texts.map((text) => widthOf(text, font))));
  const name = Math.min(widest(rows.map((row) => row.name)), narrow ? 76 : 150);
  const score = widest(rows.flatMap((row) => [row.before.text, row.after.text]));
  const word = narrow ? 0 : widest(board.lines.map((line) => line.name)) + 4;
  const rank = board.rank.length ? widest([narrow ? '88' : '88 ↑88']) + 10 : 4;
  const was = board.rank.length && !narrow ? widest(['88']) + 12 : 4;
  const left = LEADER + 17 + word + score + 8 + name + was; // as leftLabel and rightLabel set them
  const right = LEADER + 17 + word + score + 8 + name + rank;
  const gap = narrow ? 18 : 22;
  const height = Math.max(look.height, 62 + gap * rows.length);
  return {name, score, word, gap, height, end: width - gutter, axisLeft: left, axisRight: width - gutter - right};
}

/** A y for each unit's label on one side, so that none lies on another nor on the wrong side of a grade line: the lines
    take part as items too heavy to be moved. */
function labelHeights(rows, side, lines, board, frame) {
  const {y, gap, top, bottom} = frame;
  const units = rows.filter((row) => row[side].score !== null)
    .map((row) => ({id: row.id, y: y(toPixelNumber(row[side].score, row[side].den)), half: gap / 2, weight: 1, rank: row[side].rank}));
  const cuts = lines.map((line) => ({y: y(toPixelNumber(line.least, board.settings)), half: 1, weight: 1e6}))
    .filter((cut) => cut.y > top && cut.y < bottom);
  const items = [...units, ...cuts].sort((a, b) => a.y - b.y || a.weight - b.weight || a.rank - b.rank);
  const heights = pushApart(items, top, bottom);
  return new Map(items.map((item, i) => [item.id, {point: item.y, label: heights[i]}]));
}

/** Tinted grade bands with their lines. Where the lines themselves move, they slope from the document's to the trial's. */
function bands(board, result, y, place, top, bottom) {
  const at = (least) => Math.min(Math.max(y(toPixelNumber(least, board.settings)), top), bottom);
  const path = (l, r) => [[0, l], [place.axisLeft, l], [place.axisRight, r], [place.end, r]];
  const edge = (i) => path(at(board.lines[i].least), at(result.lines[i].least));
  const points = (list) => list.map((p) => p.join(',')).join(' ');
  const fills = board.lines.map((_, i) => {
    const upper = i === 0 ? path(top, top) : edge(i - 1);
    const lower = i === board.lines.length - 1 ? path(bottom, bottom) : edge(i);
    return plan('polygon', {points: points([...upper, ...lower.reverse()]), fill: board.colours[i], class: 'band'});
  });
  const drawn = board.lines.map((_, i) => i).filter((i) => [board, result].some(({lines}) => {
    const where = y(toPixelNumber(lines[i].least, board.settings));
    return where > top && where < bottom;
  }));
  const cuts = drawn.map((i) => plan('polyline', {points: points(edge(i)), class: 'cut'}));
  return plan('g', {'aria-hidden': 'true'}, fills, cuts);
}

/** What each line is called and where it lies: beside the drawing, or on a phone in the middle, above everything. */
function cutLabels(board, result, rows, y, place, top, bottom) {
  const at = (least) => y(toPixelNumber(least, board.settings));
  const inside = result.lines.map((_, i) => i).filter((i) => at(result.lines[i].least) > top && at(result.lines[i].least) < bottom);
  const wide = place.word > 0;
  const wanted = inside.map((i) => ({y: at(result.lines[i].least) + (wide ? 0 : clearSide(rows, y, at(result.lines[i].least))), half: 8, weight: 1}));
  const heights = pushApart(wanted, top, bottom);
  const x = wide ? place.end + 6 : (place.axisLeft + place.axisRight) / 2;
  return inside.map((line, i) => plan('text', {x, y: heights[i], class: wide ? 'cutlabel' : 'cutlabel over', 'text-anchor': wide ? 'start' : 'middle'},
    `${result.lines[line].name} ${plain(result.lines[line].least, board.settings)}`));
}

/** Above a grade line, or below it where a unit's own line would run through the words. */
function clearSide(rows, y, cut) {
  const middle = (row) => ['before', 'after'].map((side) => y(toPixelNumber(row[side].score, row[side].den))).reduce((a, b) => a + b) / 2;
  const lines = rows.filter((row) => row.before.score !== null && row.after.score !== null).map(middle);
  const room = (side) => Math.min(8, ...lines.map((line) => Math.abs(line - cut - side)));
  return room(9) > room(-9) ? 9 : -9;
}

/** What each side is, and the two axes. */
function heads(board, look, place) {
  const axis = (x) => plan('line', {x1: x, x2: x, y1: 40, y2: place.height - 12, class: 'axis'});
  const ranked = board.rank.length > 0;
  const [grade, was, now] = [look.narrow || !board.lines.length ? null : '等次', look.narrow || !ranked ? null : '位次', ranked ? '位次' : null];
  const titles = (...names) => names.filter(Boolean).join(' · ');
  const head = (x, text, anchor, small) => [
    plan('text', {x, y: 12, class: 'head', 'text-anchor': anchor}, text),
    plan('text', {x, y: 32, class: 'subhead', 'text-anchor': anchor}, small)];
  return plan('g', {'aria-hidden': 'true'}, axis(place.axisLeft), axis(place.axisRight),
    head(place.axisLeft - LEADER, board.caption_before, 'end', titles(was, '名称', '得分', grade)),
    head(place.axisRight + LEADER, board.caption_after, 'start', titles(grade, '得分', '名称', now)));
}

function unitGroup(board, row, y, sides, place, look) {
  const left = sides.left.get(row.id);
  const right = sides.right.get(row.id);
  const says = `${row.name} ${row.before.text} → ${row.after.text}：${lookOf(board, row.before.grade).name} → `
    + lookOf(board, row.after.grade).name + (board.rank.length ? `，位次 ${row.before.rank ?? '—'} → ${row.after.rank}` : '');
  return plan('g', {key: row.id, class: `unit ${row.change ?? 'same'}`, ...dataOf(board, row)}, plan('title', {}, says),
    left && plan('line', {x1: place.axisLeft, y1: left.point, x2: place.axisRight, y2: right.point, class: 'slopeline'}),
    left && leader(place.axisLeft, left, -1), leader(place.axisRight, right, 1),
    left && markOf(lookOf(board, row.before.grade), place.axisLeft, left.point, 4.5),
    markOf(lookOf(board, row.after.grade), place.axisRight, right.point, 4.5),
    left && leftLabel(board, row, left.label, place, look), rightLabel(board, row, right.label, place, look));
}

function leader(x, at, way) {
  return plan('polyline', {points: `${x},${at.point} ${x + way * (LEADER - 6)},${at.label} ${x + way * LEADER},${at.label}`, class: 'leader'});
}

function leftLabel(board, row, y, place, look) {
  const grade = lookOf(board, row.before.grade);
  const mark = place.axisLeft - LEADER - 7;
  const word = mark - 10;
  const score = place.word ? word - place.word : word;
  const text = (x, value, extra) => plan('text', {x, 'text-anchor': 'end', class: extra}, value);
  return plan('g', {class: 'label', 'data-label': 'before', transform: `translate(0 ${y})`},
    markOf(grade, mark, 0, 4),
    place.word ? text(word, grade.name, 'word') : null,
    text(score, row.before.text, 'score'),
    text(score - place.score - 8, fitted(row.name, look.font, place.name), 'name'),
    look.narrow ? null : text(score - place.score - 8 - place.name - 10, `${row.before.rank ?? ''}`, 'rank'));
}

function rightLabel(board, row, y, place, look) {
  const grade = lookOf(board, row.after.grade);
  const mark = place.axisRight + LEADER + 7;
  const word = mark + 10;
  const score = (place.word ? word + place.word : word) + place.score;
  const text = (x, value, extra, anchor = 'start') => plan('text', {x, 'text-anchor': anchor, class: extra}, value);
  return plan('g', {class: 'label', 'data-label': 'after', transform: `translate(0 ${y})`},
    markOf(grade, mark, 0, 4),
    place.word ? text(word, grade.name, 'word') : null,
    text(score, row.after.text, 'score', 'end'),
    text(score + 8, fitted(row.name, look.font, place.name), 'name'),
    text(score + 8 + place.name + 10, rankText(row, look.narrow), row.moved ? 'rank moved' : 'rank'));
}

/** "2", or "2 ↑1" for a place gained. */
function rankText(row, narrow) {
  if (!row.moved || narrow) return `${row.after.rank ?? ''}`;
  const gained = row.before.rank - row.after.rank;
  return `${row.after.rank} ${gained > 0 ? '↑' : '↓'}${Math.abs(gained)}`;
}
