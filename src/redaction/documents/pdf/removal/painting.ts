import type { PDFRef } from '@cantoo/pdf-lib';
import { decimal } from '../content/content-writer.js';
import type { Rectangle } from '../content/matrix.js';
import type { PageBuilder } from '../structure/page-builder.js';
import type { Box } from './boxes.js';
import { labelText } from './labels.js';

/** How boxes look on a page. */
export interface Paint {
  /** 0 to 255 each. */
  readonly color: readonly [number, number, number];
  /** Of the page, 90° clockwise each. */
  readonly turns: 0 | 1 | 2 | 3;
}

/** Helvetica, which every viewer has. */
export const labelFont = ({ store, context }: PageBuilder): PDFRef =>
  store.put(
    context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding: 'WinAnsiEncoding' }),
  );

/** Operations that paint boxes, and what of their labels had room. */
export function painted(
  boxes: readonly Box[],
  { color, turns }: Paint,
  font: string,
): { lines: string[]; labels: string[] } {
  const lines = [`${color.map((part) => decimal(Math.round((part / 255) * 1000) / 1000)).join(' ')} rg`];
  const labels: string[] = [];
  for (const { rectangle } of boxes) lines.push(`${corner(rectangle)} re f`);
  for (const { rectangle, label } of boxes) {
    const text = label === undefined ? undefined : labelText(label, rectangle, font, color, turns);
    if (label === undefined || text === undefined) continue;
    lines.push(text);
    labels.push(label);
  }
  return { lines: boxes.length === 0 ? [] : ['q', ...lines, 'Q'], labels };
}

const corner = ({ left, bottom, right, top }: Rectangle): string =>
  [left, bottom, right - left, top - bottom].map((value) => decimal(Math.round(value * 100) / 100)).join(' ');
