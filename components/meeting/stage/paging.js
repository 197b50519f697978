/* Which rows of a page stand on the screen together, and where turning leads. Pure. */

/** Rows in chunks that fit: [[from, to), …]. ``first`` is the room under all that stands above the first chunk, ``later`` that of the
    others. As few chunks as can be, and then as even as can be, so that no single row is left over. */
function chunked(heights, first, later) {
  const least = filled(heights, first, later);
  let best = least;
  for (let share = 0.96; share > 0.2; share -= 0.04) {
    const tried = filled(heights, first * share, later * share);
    if (tried.length > least.length) break;
    best = tried;
  }
  return best;
}

function filled(heights, first, later) {
  const chunks = [];
  let from = 0, used = 0;
  heights.forEach((height, i) => {
    const room = chunks.length ? later : first;
    if (i > from && used + height > room + 0.5) {
      chunks.push([from, i]);
      from = i;
      used = 0;
    }
    used += height;
  });
  chunks.push([from, heights.length]);
  return chunks;
}

/** One step on or back through pages and their parts. ``parts`` is how many parts the present page has. Going back leads to the
    last part of the page before: part −1. */
function turned({at, part}, by, count, parts) {
  if (by > 0) {
    if (part + 1 < parts) return {at, part: part + 1};
    return at + 1 < count ? {at: at + 1, part: 0} : {at, part};
  }
  if (part > 0) return {at, part: part - 1};
  return at > 0 ? {at: at - 1, part: -1} : {at, part};
}

/** Where a wall goes on: after the last part of the last page, to the first. */
function wallTurned(place, count, parts) {
  const next = turned(place, 1, count, parts);
  return next.at === place.at && next.part === place.part ? {at: 0, part: 0} : next;
}

/** Which of ``count`` entries are shown around ``at`` where ``room`` can be: [from, to). */
function around(at, count, room) {
  const size = Math.max(1, Math.min(room, count));
  const from = Math.min(Math.floor(at / size) * size, Math.max(0, count - size));
  return [from, Math.min(from + size, count)];
}

/** A long text in pieces of at most about ``most`` letters, broken after ；or 。where it can be. */
function pieces(text, most = 130) {
  if (text.length <= most) return [text];
  const told = [];
  for (const piece of text.split(/(?<=[；。])/)) {
    if (told.length && told[told.length - 1].length + piece.length <= most) told[told.length - 1] += piece;
    else told.push(piece);
  }
  return told;
}
