/** A Markdown table; columns are padded, so that it reads well in a terminal too. */
export function table(columns, rows) {
  const cells = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const line = (row) => `| ${row.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** A number with a fixed count of decimals. */
export const decimals = (value, places) => value.toFixed(places);

/** One thing that has to hold: what, the figure, and whether it does. */
export const checkRow = (what, figure, passed) => ({ what, figure, passed });

/** A figure to reach one day: shown, but no failure of the run. */
export const goalRow = (what, figure, passed) => ({ what, figure, passed, goal: true });

const verdictOf = ({ passed, goal }) => (passed ? 'pass' : goal ? 'goal, not reached yet' : 'FAIL');

/** The checks of a run as a table. */
export const checkTable = (checks) =>
  table(
    ['check', 'measured', ''],
    checks.map((check) => [check.what, check.figure, verdictOf(check)]),
  );
