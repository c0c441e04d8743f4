import type { Look } from '../../document-policy.js';
import { padded, type Rectangle } from '../content/matrix.js';
import type { PlacedFinding } from '../finding/document-finder.js';
import { linesOf } from './rectangles.js';

/** Points that widths are a multiple of, so that they tell little. On text that stays text a box never grows over its neighbours. */
const STEP = 4;
/** As STEP for pages that become pictures, where a box may cover its neighbours. */
const WIDE_STEP = 36;
const TALL_STEP = 6;
const WIDE_MARGIN = 2;

/** What covers a place that was emptied. */
export interface Box {
  readonly rectangle: Rectangle;
  /** What may be written into it. */
  readonly label: string | undefined;
}

/** Boxes that stay within what they cover. */
export function closeBoxes(
  findings: readonly PlacedFinding[],
  regions: readonly Rectangle[],
  labelOf: (finding: PlacedFinding) => string | undefined,
): Box[] {
  return boxes(findings, regions, labelOf, (line) => narrowed(line));
}

/** Boxes from whose size and place what they cover cannot be told. */
export function wideBoxes(
  findings: readonly PlacedFinding[],
  regions: readonly Rectangle[],
  labelOf: (finding: PlacedFinding) => string | undefined,
): Box[] {
  return boxes(findings, regions, labelOf, (line) => widened(line));
}

function boxes(
  findings: readonly PlacedFinding[],
  regions: readonly Rectangle[],
  labelOf: (finding: PlacedFinding) => string | undefined,
  shaped: (line: Rectangle) => Rectangle,
): Box[] {
  const found = findings.flatMap((finding) => {
    const label = labelOf(finding);
    return linesOf(finding.glyphs).map((line, index) => ({
      rectangle: shaped(line),
      label: index === 0 ? label : undefined,
    }));
  });
  return [...found, ...regions.map((rectangle) => ({ rectangle, label: undefined }))];
}

/** The longer side, along which text runs, is shortened. */
function narrowed(line: Rectangle): Rectangle {
  const width = line.right - line.left;
  const height = line.top - line.bottom;
  if (width >= height) return { ...line, right: line.left + floorTo(width, STEP) };
  return { ...line, top: line.bottom + floorTo(height, STEP) };
}

const floorTo = (length: number, step: number): number =>
  length < step ? length : Math.floor(length / step) * step;

function widened(line: Rectangle): Rectangle {
  const { left, right, bottom, top } = padded(line, WIDE_MARGIN);
  const lying = right - left >= top - bottom;
  const across = ceilTo(right - left, lying ? WIDE_STEP : TALL_STEP);
  const up = ceilTo(top - bottom, lying ? TALL_STEP : WIDE_STEP);
  return { left, right: left + across, bottom, top: bottom + up };
}

const ceilTo = (length: number, step: number): number => Math.ceil(length / step) * step;

/** Red, green and blue of a look, 0 to 255. */
export function colorOf({ color }: Look): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}
