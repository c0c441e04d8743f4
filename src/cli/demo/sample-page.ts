import type { ProcessAnswer } from './demo-client.js';
import { viewDocument } from './document-view.js';
import { findingsTable } from './findings-table.js';
import { marksAfter, marksBefore } from './marks.js';
import type { Palette } from './palette.js';
import type { Sample } from './samples.js';
import { type Span, wrap } from './spans.js';

/** Columns of the narrowest terminal that shows the demo as meant. */
export const COLUMNS = 80;

const INDENT = '  ';

const indented = (line: string): string => (line === '' ? '' : INDENT + line);

/** A heading with a rule to the right edge. */
export function heading(title: string, palette: Palette): string {
  return `${palette.bold(title)} ${palette.faint('─'.repeat(Math.max(0, COLUMNS - [...title].length - 1)))}`;
}

function documentLines(lines: readonly Span[][], paint: (text: string, type: string) => string): string[] {
  return lines
    .flatMap((line) => wrap(line, COLUMNS - INDENT.length))
    .map((line) => line.map(({ text, type }) => (type === undefined ? text : paint(text, type))).join(''));
}

const REGIMES = { gdpr: 'GDPR', ccpa: 'CCPA', hipaa: 'HIPAA', pci_dss: 'PCI DSS' } as const;

function remainderLine(compliance: ProcessAnswer['compliance'], palette: Palette): string {
  const lists = Object.entries(REGIMES).map(([field, name]) => {
    const isGone = compliance[field as keyof typeof REGIMES];
    return `${name} ${isGone ? palette.good('none') : palette.bad('some')}`;
  });
  return `Left over, by list: ${lists.join(', ')}`;
}

function timeLine(answer: ProcessAnswer, elapsedMs: number, palette: Palette): string {
  const count = answer.entities_detected.length;
  const engine = palette.bold(`${answer.processing_time_ms.toFixed(1)} ms`);
  const risk = answer.risk_score.toFixed(2);
  return `${count} found in ${engine}, ${elapsedMs.toFixed(1)} ms as an HTTP call. Risk score: ${risk}`;
}

/** One sample before and after, what was found in it, and how long that took. */
export function samplePage(
  { title, intro, layout, request }: Sample,
  { answer, elapsedMs }: { readonly answer: ProcessAnswer; readonly elapsedMs: number },
  palette: Palette,
): string[] {
  const { entities_detected: entities, processed_data: processed } = answer;
  const before = viewDocument(request.data, layout, marksBefore(entities));
  const after = viewDocument(processed, layout, marksAfter(entities));
  const body = [
    ...intro.map(palette.faint),
    '',
    palette.bold('Before'),
    ...documentLines(before, palette.exposed),
    '',
    palette.bold('After'),
    ...documentLines(after, palette.protected),
    '',
    ...findingsTable(entities, palette),
    '',
    timeLine(answer, elapsedMs, palette),
    remainderLine(answer.compliance, palette),
  ];
  return [heading(title, palette), ...body.map(indented), ''];
}
