import type { AuditEntry } from './demo-client.js';
import type { Palette } from './palette.js';
import { wrap } from './spans.js';

const WIDTH = 73;

function countsLine(counts: AuditEntry['counts']): string {
  const { entities = 0, ...types } = counts;
  const parts = Object.entries(types)
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([type, count]) => `${type} ${count}`);
  return parts.length === 0 ? `${entities} found` : `${entities} found: ${parts.join(', ')}`;
}

function entryLines(entry: AuditEntry, palette: Palette): string[] {
  const time = entry.created_at.slice(11, 23);
  const head = [
    String(entry.number).padStart(3),
    time,
    entry.action.padEnd(14),
    (entry.method_used ?? '').padEnd(9),
    palette.faint(entry.request_id),
  ].join('  ');
  const counts = wrap([{ text: countsLine(entry.counts) }], WIDTH);
  return [head, ...counts.map((line) => `     ${line.map(({ text }) => text).join('')}`)];
}

/** Audit log entries, oldest first. Times are UTC. */
export function auditLines(entries: readonly AuditEntry[], palette: Palette): string[] {
  const heading = ' No  Time (UTC)    Action          Method     Request';
  const oldestFirst = [...entries].sort((a, b) => a.number - b.number);
  return [palette.faint(heading), ...oldestFirst.flatMap((entry) => entryLines(entry, palette))];
}
