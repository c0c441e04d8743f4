import type { ReportAnswer } from './documents-client.js';
import type { Palette } from './palette.js';

const WIDTH = 78;
const LABEL = 15;
const CELL = 8;

/** Words in lines beside a label, so that all of it fits 80 columns. */
export function besideLabel(label: string, text: string, palette: Palette): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const joined = last === '' ? word : `${last} ${word}`;
    if (joined.length <= WIDTH - LABEL) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const [first = '', ...rest] = lines;
  return [`${palette.bold(label.padEnd(LABEL))}${first}`, ...rest.map((line) => ' '.repeat(LABEL) + line)];
}

function entityLines({ entities, pages }: ReportAnswer, palette: Palette): string[] {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  const head = ['Removed'.padEnd(LABEL), ...numbers.map((page) => `page ${page}`.padStart(CELL))].join('');
  const rows = entities.map(({ type, pages: found }) => {
    const cells = numbers.map((page) => {
      const count = found.find((entry) => entry.page === page)?.count;
      return String(count ?? '–').padStart(CELL);
    });
    return `${palette.protected(type.padEnd(LABEL), type)}${cells.join('')}`;
  });
  return [palette.bold(head), ...rows];
}

const worded = (name: string): string => name.replaceAll('_', ' ');

/** A report for people: what went from which page, what went beside, how that was checked, what can remain. */
export function reportLines(report: ReportAnswer, palette: Palette): string[] {
  const { removed, verification, residual_risks: risks } = report;
  const also = removed.map(({ kind, count }) => `${worded(kind)} (${count})`).join(', ');
  const checks = verification.checks.map(({ name }) => worded(name)).join(', ');
  const verdict = verification.passed ? palette.good('passed') : palette.bad('failed');
  return [
    ...entityLines(report, palette),
    '',
    ...besideLabel('Removed too', also || 'nothing', palette),
    ...besideLabel('Looked again', checks, palette),
    `${palette.bold('Verification'.padEnd(LABEL))}${verdict}`,
    ...(risks.length === 0 ? besideLabel('Can remain', 'nothing known', palette) : []),
    ...risks.flatMap(({ message }, index) => besideLabel(index === 0 ? 'Can remain' : '', message, palette)),
  ];
}
