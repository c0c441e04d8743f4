import type { Marks } from './marks.js';
import { linesOf, type Span, spansOf } from './spans.js';

const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

/** A JSON scalar as it is written, marks kept although escapes may lengthen it. */
function scalarSpans(value: unknown, path: string, marks: Marks): Span[] {
  const inside = marks.get(path) ?? [];
  if (typeof value !== 'string') return spansOf(JSON.stringify(value), inside);
  const spans = spansOf(value, inside).map((span) => ({
    ...span,
    text: JSON.stringify(span.text).slice(1, -1),
  }));
  return [{ text: '"' }, ...spans, { text: '"' }];
}

function jsonSpans(value: unknown, path: string, indent: string, marks: Marks): Span[] {
  if (typeof value !== 'object' || value === null) return scalarSpans(value, path, marks);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = Object.entries(value);
  if (members.length === 0) return [{ text: open + close }];
  const deeper = `${indent}  `;
  const inner = members.flatMap(([key, member], index) => [
    { text: `${index > 0 ? ',' : ''}\n${deeper}${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}` },
    ...jsonSpans(member, `${path}/${escapeToken(key)}`, deeper, marks),
  ]);
  return [{ text: open }, ...inner, { text: `\n${indent}${close}` }];
}

/** A table with a heading and no quoted field. Cells have the path `/<row>/<column>`, rows counted after the heading. */
function csvSpans(table: string, marks: Marks): Span[] {
  const [heading = '', ...rows] = table.trimEnd().split('\n');
  const columns = heading.split(',').map(escapeToken);
  const cells = (row: string, number: number): Span[] =>
    row
      .split(',')
      .flatMap((cell, index) => [
        { text: index > 0 ? ',' : '\n' },
        ...spansOf(cell, marks.get(`/${number}/${columns[index]}`) ?? []),
      ]);
  return [{ text: heading }, ...rows.flatMap(cells)];
}

/** The lines of a text, JSON value or CSV table, with what is marked in it. */
export function viewDocument(data: unknown, layout: 'text' | 'json' | 'csv', marks: Marks): Span[][] {
  if (layout === 'json' || typeof data !== 'string') return linesOf(jsonSpans(data, '', '', marks));
  if (layout === 'csv') return linesOf(csvSpans(data, marks));
  return linesOf(spansOf(data, marks.get('') ?? []));
}
