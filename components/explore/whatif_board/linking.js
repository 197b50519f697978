/* How moving one control moves the others. Pure: BigInts over board.settings in, new BigInts out. */

/** Share an amount among parts {low, high, basis} in proportion to their bases (equally when all are 0), within bounds,
    in whole steps by the largest remainder; the sum is exact. What is less than a step goes where the remainder was largest. */
function share(amount, parts, step) {
  const total = parts.reduce((sum, p) => sum + p.basis, 0n);
  const weight = (p) => (total === 0n ? 1n : p.basis);
  const whole = total === 0n ? BigInt(parts.length) : total;
  const pinned = overfull(amount, parts, weight, whole);
  if (pinned.some((p) => p !== null)) return shareRest(amount, parts, pinned, step);
  if (amount === total) return parts.map((p) => p.basis);
  const unit = whole * step;
  const floors = parts.map((p) => (amount * weight(p)) / unit);
  const order = parts.map((_, i) => i).sort((a, b) => compareBig(
    (amount * weight(parts[b])) % unit, (amount * weight(parts[a])) % unit) || a - b);
  let spare = amount / step - floors.reduce((a, b) => a + b, 0n);
  const given = floors.map((f) => f * step);
  for (const i of order) { if (spare <= 0n) break; given[i] += step; spare -= 1n; }
  if (order.length) given[order[0]] += amount % step;
  return given;
}

/** For each part the bound it must be held at, or null; only the side that is violated more is held, so the sum still fits. */
function overfull(amount, parts, weight, whole) {
  let below = 0n;
  let above = 0n;
  for (const p of parts) {
    const ideal = amount * weight(p);
    if (ideal < p.low * whole) below += p.low * whole - ideal;
    if (ideal > p.high * whole) above += ideal - p.high * whole;
  }
  return parts.map((p) => {
    const ideal = amount * weight(p);
    if (below >= above && ideal < p.low * whole) return p.low;
    if (above > below && ideal > p.high * whole) return p.high;
    return null;
  });
}

function shareRest(amount, parts, pinned, step) {
  const free = parts.filter((_, i) => pinned[i] === null);
  const held = pinned.reduce((sum, p) => sum + (p ?? 0n), 0n);
  const shared = share(amount - held, free, step);
  return pinned.map((p) => (p === null ? shared.shift() : p));
}

/** How far control i can go now: [lowest, highest]. Its present value is always within. */
function reach(board, values, locks, i) {
  const bounds = board.mode === 'weights' ? linkedReach(board, values, locks, i) : orderedReach(board, values, i);
  return [minBig(bounds[0], values[i]), maxBig(bounds[1], values[i])];
}

/** Weights share one total: the locked keep theirs, and the free ones cannot leave their own bounds. */
function linkedReach(board, values, locks, i) {
  if (locks.has(board.controls[i].id)) return [values[i], values[i]];
  const others = board.controls.map((c, j) => ({c, value: values[j], j})).filter(({j}) => j !== i);
  const free = others.filter(({c}) => !locks.has(c.id));
  const kept = others.filter(({c}) => locks.has(c.id)).reduce((sum, {value}) => sum + value, 0n);
  const rest = values.reduce((a, b) => a + b, 0n) - kept;
  const low = rest - free.reduce((sum, {c}) => sum + c.high, 0n);
  const high = rest - free.reduce((sum, {c}) => sum + c.low, 0n);
  return [maxBig(board.controls[i].low, low), minBig(board.controls[i].high, high)];
}

/** Points and lines descend: each stays at least a step away from its neighbours. */
function orderedReach(board, values, i) {
  const control = board.controls[i];
  const nextLine = board.mode === 'lines' && board.lines[i + 1] ? board.lines[i + 1].least : null;
  const below = i + 1 < values.length ? values[i + 1] : nextLine;
  const low = below === null ? control.low : maxBig(control.low, below + control.step);
  const high = i > 0 ? minBig(control.high, values[i - 1] - control.step) : control.high;
  return [low, high];
}

/** The nearest value on the control's grid within [low, high]; the bounds and the document's own value count as on it. */
function snap(control, wanted, [low, high]) {
  const onGrid = control.low + halfUp(wanted - control.low, control.step) * control.step;
  const far = (value) => (value < wanted ? wanted - value : value - wanted);
  const nearest = far(control.original) < far(onGrid) ? control.original : onGrid;
  return minBig(maxBig(nearest, low), high);
}

/** All values after control i is brought towards wanted. Weights move the unlocked others in the proportions of basis,
    the values before this control was first moved: so going to 100 and back returns to the same numbers. */
function move(board, values, basis, locks, i, wanted) {
  const control = board.controls[i];
  const to = snap(control, wanted, reach(board, values, locks, i));
  const moved = values.map((v, j) => (j === i ? to : v));
  if (board.mode !== 'weights' || to === values[i]) return moved;
  const free = board.controls.map((_, j) => j).filter((j) => j !== i && !locks.has(board.controls[j].id));
  const rest = free.reduce((sum, j) => sum + values[j], 0n) + values[i] - to;
  const shares = share(rest, free.map((j) => ({...board.controls[j], basis: basis[j]})), control.step);
  free.forEach((j, at) => { moved[j] = shares[at]; });
  return moved;
}
