/* 现场试算: other weights on the locked figures, computed here with whole numbers by the what-if board's own functions. Nothing is
   sent to anyone and nothing is kept: leaving the stage forgets it. */

function openTrial(groups) {
  return {groups: groups.map((group) => ({...group, board: readBoard(group.board)})), group: 0, at: 0, values: null, part: 0};
}

function trialValues(trial) {
  trial.values ??= trial.groups.map((group) => group.board.controls.map((control) => control.value));
  return trial.values[trial.group];
}

/** Carry out a command of this mode. */
function trialDo(trial, command) {
  const {board} = trial.groups[trial.group], values = trialValues(trial), count = board.controls.length;
  if (command === 'further') trial.at = (trial.at + 1) % count;
  if (command === 'nearer') trial.at = (trial.at + count - 1) % count;
  if (command === 'more' || command === 'less') {
    const by = command === 'more' ? board.settings : -board.settings, held = `${trial.group}-${trial.at}`;
    if (trial.held !== held) Object.assign(trial, {held, basis: values}); // there and back gives the same numbers
    trial.values[trial.group] = move(board, values, trial.basis, new Set(), trial.at, values[trial.at] + by);
  }
  if (command === 'restore') trial.held = null;
  if (command === 'restore') trial.values[trial.group] = board.controls.map((control) => control.original);
  if (command === 'group') trial.group = (trial.group + 1) % trial.groups.length;
  trial.part = command === 'parts' ? trial.part + 1 : command === 'partsBack' ? Math.max(0, trial.part - 1) : 0;
}

/** [{name, before, after, score: [before, after]}] of every unit whose grade is another now. */
function gradesMoved(board, values) {
  const {units, den} = assess(board, values);
  const name = (grade) => (grade === null ? null : board.lines[grade].name);
  return units.map((now, i) => ({now, unit: board.units[i]})).filter(({now, unit}) => now.score !== null && now.grade !== unit.before.grade)
    .map(({now, unit}) => ({name: unit.name, before: name(unit.before.grade), after: name(now.grade),
      score: [scoreText(unit.before.score, board.shown, board.places_before), scoreText(now.score, den, board.places)]}));
}

function drawTrial(sheet, trial, looks) {
  const group = trial.groups[trial.group], {board} = group, values = trialValues(trial);
  const moved = gradesMoved(board, values);
  const same = board.controls.every((control, i) => control.original === values[i]);
  const controls = board.controls.map((control, i) => controlRow(board, control, values[i], i === trial.at));
  const rows = moved.map((unit) => make('div', 'moved', make('span', 'label', unit.name),
    make('span', 'plates', unit.before ? gradePlate(looks, unit.before) : null, ' → ', unit.after ? gradePlate(looks, unit.after) : null),
    make('span', 'text', `${unit.score[0]} → ${unit.score[1]}`)));
  const list = set(make('div', 'rows', rows), {role: 'list'});
  const body = make('div', 'body trial', make('div', 'controls', controls), list);
  const places = board.lines.length ? '' : '（本方案不由得分定等次，试算不改变等次）';
  sheet.classList.remove('cover');
  sheet.replaceChildren(
    make('header', '', make('p', 'topic', `现场试算${group.name ? `　${group.name}` : ''}　不保存`),
      make('h1', '', same ? `现为${board.caption_before}，没有改动${places}` : moved.length ? `${moved.length}个等次有变` : `等次都不变${places}`)),
    body, hint(`↑ ↓ 选择，← → 或 + - 改动，0 恢复${trial.groups.length > 1 ? '，G 换组' : ''}，Esc 返回`));
  const kept = keepPart(body, list, null, rows, null, trial.part);
  trial.part = kept.part;
}

function controlRow(board, control, value, marked) {
  const from = value === control.original ? '' : `原${plain(control.original, board.settings)}`;
  const row = make('div', marked ? 'control marked' : 'control', make('span', 'label', control.name),
    make('b', '', `${plain(value, board.settings)}${control.unit}`), make('span', 'from', from));
  row.dataset.control = control.id;
  return row;
}
