import type { ProcessedEntity } from './demo-client.js';
import type { Palette } from './palette.js';

interface Row {
  readonly entity: ProcessedEntity;
  readonly times: number;
}

/** Cuts to `width` code points, an ellipsis for the rest, and fills up with blanks. */
export function toWidth(text: string, width: number): string {
  const points = [...text];
  if (points.length <= width) return text + ' '.repeat(width - points.length);
  return `${points.slice(0, width - 1).join('')}…`;
}

/** A bar of `width` cells for a share from 0 to 1, to half a cell. */
export function bar(share: number, width: number): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2);
  return toWidth('━'.repeat(Math.floor(halves / 2)) + '╸'.repeat(halves % 2), width);
}

/** One row for a value that was found, and replaced, several times alike. */
function rowsOf(entities: readonly ProcessedEntity[]): Row[] {
  const rows = new Map<string, Row>();
  for (const entity of entities) {
    const key = JSON.stringify([entity.text, entity.type, entity.confidence, entity.replacement]);
    const known = rows.get(key);
    rows.set(key, { entity: known?.entity ?? entity, times: (known?.times ?? 0) + 1 });
  }
  return [...rows.values()];
}

const COLUMNS = { found: 28, type: 13, sure: 8, replacement: 19 };

function cellOf({ entity, times }: Row): string {
  if (times === 1) return toWidth(entity.text, COLUMNS.found);
  const suffix = ` ×${times}`;
  return toWidth(toWidth(entity.text, COLUMNS.found - suffix.length).trimEnd() + suffix, COLUMNS.found);
}

function rowLine(row: Row, palette: Palette): string {
  const { type, confidence, replacement } = row.entity;
  const percent = `${Math.round(confidence * 100)}%`.padStart(4);
  return [
    cellOf(row),
    palette.protected(toWidth(type, COLUMNS.type), type),
    palette.faint(bar(confidence, COLUMNS.sure)) + percent,
    palette.protected(toWidth(replacement, COLUMNS.replacement).trimEnd(), type),
  ].join('  ');
}

/** What was found: text, type, how sure, and what stands in its place; at most 78 columns wide. */
export function findingsTable(entities: readonly ProcessedEntity[], palette: Palette): string[] {
  const heading = [
    toWidth('Found', COLUMNS.found),
    toWidth('Type', COLUMNS.type),
    toWidth('How sure', COLUMNS.sure + 4),
    'Replaced by',
  ].join('  ');
  return [palette.faint(heading), ...rowsOf(entities).map((row) => rowLine(row, palette))];
}
