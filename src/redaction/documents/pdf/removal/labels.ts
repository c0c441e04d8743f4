import { Redaction, type RedactionOptions } from '../../../engine/operators/redaction.js';
import { decimal } from '../content/content-writer.js';
import type { Rectangle } from '../content/matrix.js';
import type { PlacedFinding } from '../finding/document-finder.js';

/** Ems that no character of Helvetica is wider than among those that placeholders consist of, but for a few (`M`, `W`, `@`). */
const EMS_PER_CHARACTER = 0.72;
const SHARE_OF_HEIGHT = 0.8;
/** Points below which nobody can read it. */
const LEAST_SIZE = 3.5;
const DESCENT = 0.21;
const HEIGHT = 0.93;
const WRITABLE = /^[\x20-\x7e]+$/;

/** Placeholders of findings, numbered over the whole document where the policy numbers them. */
export class Labels {
  readonly #redaction: Redaction;

  constructor(options: RedactionOptions) {
    this.#redaction = new Redaction(options);
  }

  of({ type, text, confidence }: PlacedFinding): string | undefined {
    const explanation = { recognizer: 'document', rule: 'finding', baseScore: 1 };
    const entity = { type, text, start: 0, end: text.length, score: 1, confidence, explanation };
    const label = this.#redaction.replace(entity).text;
    return WRITABLE.test(label) ? label : undefined;
  }
}

/**
 * Operations that write a label into a box, level as the page is shown; undefined where there is no room.
 * @param font name operand of Helvetica
 * @param turns of the page, 90° clockwise each
 */
export function labelText(
  label: string,
  box: Rectangle,
  font: string,
  color: readonly number[],
  turns: 0 | 1 | 2 | 3,
): string | undefined {
  const lying = turns % 2 === 0;
  const across = lying ? box.right - box.left : box.top - box.bottom;
  const up = lying ? box.top - box.bottom : box.right - box.left;
  const size = Math.min((up * SHARE_OF_HEIGHT) / HEIGHT, across / (label.length * EMS_PER_CHARACTER));
  if (size < LEAST_SIZE) return undefined;
  const matrix = placed(box, turns, size, (across - size * label.length * EMS_PER_CHARACTER * 0.85) / 2, up);
  const shade = luminance(color) > 0.5 ? 0 : 1;
  const escaped = label.replaceAll(/[\\()]/g, '\\$&');
  return `BT ${font} ${decimal(size)} Tf ${shade} g ${matrix.map(decimal).join(' ')} Tm (${escaped}) Tj ET`;
}

/** The text matrix of a line that begins `inset` points into the box and stands in its middle. */
function placed(box: Rectangle, turns: 0 | 1 | 2 | 3, size: number, inset: number, up: number): number[] {
  const rise = (up - size * HEIGHT) / 2 + size * DESCENT;
  const start = Math.max(0, inset);
  if (turns === 1) return [0, 1, -1, 0, box.right - rise, box.bottom + start];
  if (turns === 2) return [-1, 0, 0, -1, box.right - start, box.top - rise];
  if (turns === 3) return [0, -1, 1, 0, box.left + rise, box.top - start];
  return [1, 0, 0, 1, box.left + start, box.bottom + rise];
}

/** ITU-R BT.601, 0 to 1. */
const luminance = ([red = 0, green = 0, blue = 0]: readonly number[]): number =>
  (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
