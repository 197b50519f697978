/* Where things go on the drawing. Pure geometry, in pixels; floats are at home here and nowhere else. */

/** Move items (sorted from the top: {y, half, weight}) apart until none overlaps, as little as possible in all, between
    top and bottom. Pools neighbours that would collide and sets each pool at its weighted mean: the least-squares answer. */
function pushApart(items, top, bottom) {
  const offsets = [];
  items.forEach((item, i) => offsets.push(i ? offsets[i - 1] + items[i - 1].half + item.half : item.half));
  const pools = [];
  items.forEach((item, i) => {
    pools.push({sum: (item.y - offsets[i]) * item.weight, weight: item.weight, count: 1});
    while (pools.length > 1 && mean(pools.at(-2)) > mean(pools.at(-1))) {
      const last = pools.pop();
      for (const part of ['sum', 'weight', 'count']) pools.at(-1)[part] += last[part];
    }
  });
  const room = items.length ? offsets.at(-1) + items.at(-1).half : 0;
  const lowest = Math.max(top, bottom - room);
  const flat = pools.flatMap((p) => Array(p.count).fill(Math.min(Math.max(mean(p), top), lowest)));
  return flat.map((y, i) => y + offsets[i]);
}

function mean(pool) { return pool.sum / pool.weight; }

/** The scores the drawing spans: to the multiple of 5 beyond the outermost. While a drag lasts it only grows. */
function spanOf(numbers, held) {
  const low = Math.floor((Math.min(...numbers) - 1) / 5) * 5;
  const high = Math.ceil((Math.max(...numbers) + 1) / 5) * 5;
  return held ? [Math.min(low, held[0]), Math.max(high, held[1])] : [low, high];
}

/** A function from a score to its y. */
function scaleOf([low, high], top, bottom) {
  return (score) => top + ((high - score) / (high - low)) * (bottom - top);
}

const pen = document.createElement('canvas').getContext('2d');

const measured = new Map(); // names and scores come back frame after frame

/** Width of a text in pixels, in a CSS font such as "14px sans-serif". */
function widthOf(text, font) {
  const key = `${font}\n${text}`;
  if (measured.size > 5000) measured.clear();
  if (!measured.has(key)) {
    pen.font = font;
    measured.set(key, pen.measureText(text).width);
  }
  return measured.get(key);
}

/** The text, or as much of it as fits with "…". */
function fitted(text, font, room) {
  if (widthOf(text, font) <= room) return text;
  let kept = [...text];
  while (kept.length > 1 && widthOf(`${kept.join('')}…`, font) > room) kept = kept.slice(0, -1);
  return `${kept.join('')}…`;
}
