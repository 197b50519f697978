/* Exact arithmetic. Every number is a BigInt numerator over a BigInt denominator; no float ever decides a grade.
   The same rules as the scoring floor in Python: change both or neither. */

/** The board as it arrives (strings of integers, see __init__.py) with every string made a BigInt. */
function readBoard(data) {
  const big = (text) => (text === null ? null : BigInt(text));
  const controls = data.controls.map((c) => ({
    ...c, value: big(c.value), original: big(c.original), low: big(c.low), high: big(c.high), step: big(c.step),
  }));
  const units = data.units.map((u) => ({
    ...u, x: u.x && u.x.map(big), offset: big(u.offset), before: {...u.before, score: big(u.before.score)},
  }));
  const lines = data.lines.map((line) => ({name: line.name, least: big(line.least)}));
  return {...data, controls, units, lines, settings: big(data.settings), marks: big(data.marks), shown: big(data.shown)};
}

/** Round n/d half away from zero (四舍五入) to a whole number; d > 0. */
function halfUp(n, d) {
  return n < 0n ? -((-2n * n + d) / (2n * d)) : (2n * n + d) / (2n * d);
}

/** All scores under these settings, on one denominator: {scores: [BigInt | null], den}. Missing stays null. */
function scoresOf(board, values) {
  const [slope, den] = {
    weights: () => { const total = values.reduce((a, b) => a + b, 0n); return [total, total * board.marks]; },
    points: () => [board.settings, board.settings * board.marks],
    lines: () => [1n, board.marks],
  }[board.mode]();
  const moved = board.mode !== 'lines';
  const scores = board.units.map((unit) => {
    if (unit.x === null) return null;
    let sum = unit.offset * slope;
    if (moved) for (let i = 0; i < values.length; i += 1) sum += values[i] * unit.x[i];
    return sum;
  });
  if (board.places === null) return {scores, den};
  const scale = 10n ** BigInt(board.places);
  return {scores: scores.map((n) => (n === null ? null : halfUp(n * scale, den))), den: scale};
}

/** The grade lines in force, best first, over board.settings: the board's own, or the ones the sliders stand for. */
function linesUnder(board, values) {
  if (board.mode !== 'lines') return board.lines;
  return board.lines.map((line, i) => (i < values.length ? {...line, least: values[i]} : line));
}

/** Index of the first line reached, never better than best (等次限制); null where there is no line or none is reached. */
function gradeOf(n, den, lines, settings, best) {
  const reached = lines.findIndex((line) => n * settings >= line.least * den);
  if (reached < 0) return {grade: null, limited: false};
  const limited = best !== null && best > reached;
  return {grade: limited ? best : reached, limited};
}

/** Places by what board.rank names (grade: the final one; score: the official one), first to last; equals share a place
    (1, 2, 2, 4). Those without a score get null, and so do all where it names nothing (不排位). */
function placesOf(graded, by) {
  if (!by.length) return graded.map(() => null);
  const last = Number.MAX_SAFE_INTEGER;
  const key = (g) => (g.grade === null ? last : g.grade);
  const behind = {grade: (a, b) => key(a) - key(b), score: (a, b) => compareBig(b.score, a.score)};
  const compared = (a, b) => by.reduce((found, name) => found || behind[name](graded[a], graded[b]), 0);
  const order = graded.map((_, i) => i).filter((i) => graded[i].score !== null);
  order.sort(compared);
  const places = graded.map(() => null);
  order.forEach((who, at) => {
    const above = at > 0 ? order[at - 1] : null;
    const equal = above !== null && compared(above, who) === 0;
    places[who] = equal ? places[above] : at + 1;
  });
  return places;
}

function compareBig(a, b) { return a < b ? -1 : a > b ? 1 : 0; }
function minBig(...all) { return all.reduce((a, b) => (a < b ? a : b)); }
function maxBig(...all) { return all.reduce((a, b) => (a > b ? a : b)); }

/** Everything about every unit under these settings: {den, lines, units: [{score, grade, limited, rank}]}. */
function assess(board, values) {
  const {scores, den} = scoresOf(board, values);
  const lines = linesUnder(board, values);
  const graded = scores.map((score, i) => (score === null
    ? {score, grade: null, limited: false}
    : {score, ...gradeOf(score, den, lines, board.settings, board.units[i].best)}));
  const places = placesOf(graded, board.rank);
  return {den, lines, units: graded.map((g, i) => ({...g, rank: places[i]}))};
}

/** n/d with exactly so many decimals, cut towards zero: 8947/100 with 2 is "89.47". */
function fixed(n, d, places) {
  const size = ((n < 0n ? -n : n) * 10n ** BigInt(places)) / d;
  const digits = size.toString().padStart(places + 1, '0');
  const sign = n < 0n && size > 0n ? '-' : '';
  return sign + (places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits);
}

/** A score for people. Rounded scores have their decimals; unrounded ones are cut, never rounded, and marked "88.97…". */
function scoreText(n, d, places) {
  if (n === null) return '暂缺';
  if (places !== null) return fixed(n, d, places);
  return fixed(n, d, 2) + ((n * 100n) % d === 0n ? '' : '…');
}

/** A setting for people: 46, 46.5; one that no two decimals give is cut and marked: 5.26…. */
function plain(n, d) {
  const text = fixed(n, d, 4);
  if ((n * 10000n) % d !== 0n) return `${fixed(n, d, 2)}…`;
  return text.replace(/\.?0+$/, '');
}

/** What was typed as {n, d}, or null: full-width digits, spaces and a trailing % or 分 are forgiven, nothing else. */
function typedNumber(text) {
  const plainText = text.normalize('NFKC').replace(/\s|[%分]$/g, '').replace('。', '.');
  const parts = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(plainText);
  if (!parts) return null;
  const decimals = parts[2] || '';
  return {n: BigInt(parts[1] + decimals), d: 10n ** BigInt(decimals.length)};
}

/** To draw only: n/d as a float near enough for a pixel. */
function toPixelNumber(n, d) {
  return Number((n * 1000000n) / d) / 1000000;
}
