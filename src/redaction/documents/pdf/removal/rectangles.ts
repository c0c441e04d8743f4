import { intersects, joined, padded, type Rectangle } from '../content/matrix.js';
import type { Glyph, PlacedFinding } from '../finding/document-finder.js';

/** Share of a glyph's box that is left alone on each side: neighbours whose boxes overlap it stay. */
const SHRINK = 0.25;
/** Points: a box without width would touch nothing. */
const LEAST_HALF = 0.05;
/** Heights of a glyph that two of one run may be apart. */
const WIDEST_GAP = 1.5;
/** Points around text in an image, which recognised text seldom covers exactly. */
const IMAGE_MARGIN = 1.5;

/** What to hand to PDFium so that a finding's characters go, and the pixels beneath them where they lie on an image. */
export function rectanglesOf(findings: readonly PlacedFinding[], images: readonly Rectangle[]): Rectangle[] {
  return findings.flatMap(({ glyphs }) => {
    const onImage = linesOf(glyphs).filter((line) =>
      images.some((image) => intersects(padded(line, 0.01), image)),
    );
    return [...coresOf(glyphs), ...onImage.map((line) => padded(line, IMAGE_MARGIN))];
  });
}

/**
 * The middles of glyphs, those of a run as one: each of a run's glyphs is touched, and nothing beyond what the middle of
 * every one of them reaches. Fewer rectangles are fewer comparisons with each glyph of the page.
 */
function coresOf(glyphs: readonly Glyph[]): Rectangle[] {
  const runs: Rectangle[] = [];
  for (const { box } of glyphs) {
    const middle = core(box);
    const before = runs.at(-1);
    const run = before === undefined ? undefined : runTogether(before, middle, box.top - box.bottom);
    if (run === undefined) runs.push(middle);
    else runs[runs.length - 1] = run;
  }
  return runs;
}

function runTogether(run: Rectangle, next: Rectangle, height: number): Rectangle | undefined {
  const bottom = Math.max(run.bottom, next.bottom);
  const top = Math.min(run.top, next.top);
  const gap = next.left - run.right;
  if (top - bottom < LEAST_HALF || gap < 0 || gap > height * WIDEST_GAP) return undefined;
  return { left: run.left, right: next.right, bottom, top };
}

function core(box: Rectangle): Rectangle {
  const x = (box.left + box.right) / 2;
  const y = (box.bottom + box.top) / 2;
  const halfWidth = Math.max(LEAST_HALF, (box.right - box.left) * (0.5 - SHRINK));
  const halfHeight = Math.max(LEAST_HALF, (box.top - box.bottom) * (0.5 - SHRINK));
  return { left: x - halfWidth, right: x + halfWidth, bottom: y - halfHeight, top: y + halfHeight };
}

/** How much larger than its glyphs the box of a line may be before it is taken for slanted text. */
const MOST_EMPTY = 4;

/** The boxes of a finding's lines; of slanted text, those of its glyphs. */
export function linesOf(glyphs: readonly Glyph[]): Rectangle[] {
  const lines: Glyph[][] = [];
  let box: Rectangle | undefined;
  for (const glyph of glyphs) {
    const line = lines.at(-1);
    if (line === undefined || box === undefined || !goesOn(box, glyph.box)) {
      lines.push([glyph]);
      box = glyph.box;
    } else {
      line.push(glyph);
      box = joined(box, glyph.box);
    }
  }
  return lines.flatMap(boxesOf);
}

/** Upright or turned by a right angle, a line's glyphs share a band. */
function goesOn(line: Rectangle, glyph: Rectangle): boolean {
  const sharesRow = glyph.bottom < line.top && glyph.top > line.bottom && glyph.right > line.left - 1;
  const sharesColumn = glyph.left < line.right && glyph.right > line.left;
  return sharesRow || (sharesColumn && nearby(line, glyph));
}

function nearby(line: Rectangle, glyph: Rectangle): boolean {
  const gap = Math.max(glyph.bottom - line.top, line.bottom - glyph.top);
  const narrow = line.right - line.left <= 2 * Math.max(glyph.right - glyph.left, glyph.top - glyph.bottom);
  return narrow && gap < line.right - line.left;
}

function boxesOf(line: readonly Glyph[]): Rectangle[] {
  const boxes = line.map(({ box }) => box);
  const whole = boxes.reduce(joined);
  const covered = boxes.reduce((sum, box) => sum + area(box), 0);
  return area(whole) > MOST_EMPTY * covered && line.length > 3 ? boxes : [whole];
}

const area = (box: Rectangle): number => (box.right - box.left) * (box.top - box.bottom);
