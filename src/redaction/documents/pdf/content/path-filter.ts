import { decimal } from './content-writer.js';
import { around, contains, intersects, type Matrix, type Rectangle, transformed } from './matrix.js';

interface Segment {
  readonly operator: string;
  readonly numbers: readonly number[];
}

/** Rules, frames and backgrounds have few straight segments; letters that were turned into outlines have curves or many. */
const MOST_PLAIN_SEGMENTS = 12;
/** How far a plain shape must reach out of a region to be taken for a rule, frame or background. */
const REACH = 18;

/**
 * A path that is being built, of which the parts are left out that lie in a region. A part that crosses a region's border
 * is left out too, unless it is a plain shape that reaches far out of it.
 */
export class PathFilter {
  #parts: Segment[][] = [];
  readonly #regions: readonly Rectangle[];

  /** @param regions in the page's own space */
  constructor(regions: readonly Rectangle[]) {
    this.#regions = regions;
  }

  add(operator: string, numbers: readonly number[]): void {
    if (operator === 'm' || operator === 're' || this.#parts.length === 0) this.#parts.push([]);
    this.#parts.at(-1)?.push({ operator, numbers });
  }

  /** The operations that build what is left, one a line; the path is then empty. */
  take(matrix: Matrix): string {
    const kept = this.#parts.filter((part) => this.#keeps(part, matrix));
    this.#parts = [];
    return kept
      .flat()
      .map(({ operator, numbers }) => [...numbers.map(decimal), operator].join(' '))
      .join('\n');
  }

  #keeps(part: readonly Segment[], matrix: Matrix): boolean {
    const box = transformed(extent(part), matrix);
    return this.#regions.every(
      (region) => !touches(box, region) || (isPlain(part) && reachesOut(box, region)),
    );
  }
}

/** Lines have no width or no height, yet are seen. */
const touches = (box: Rectangle, region: Rectangle): boolean =>
  intersects({ ...box, right: box.right + 1e-6, top: box.top + 1e-6 }, region);

const isPlain = (part: readonly Segment[]): boolean =>
  part.length <= MOST_PLAIN_SEGMENTS && part.every(({ operator }) => !'cvy'.includes(operator));

function reachesOut(box: Rectangle, region: Rectangle): boolean {
  if (contains(region, box)) return false;
  return (
    box.left < region.left - REACH ||
    box.right > region.right + REACH ||
    box.bottom < region.bottom - REACH ||
    box.top > region.top + REACH
  );
}

function extent(part: readonly Segment[]): Rectangle {
  const points: [number, number][] = [];
  for (const { operator, numbers } of part) {
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    if (operator === 're') points.push([x, y], [x + width, y + height]);
    else
      for (let at = 0; at + 1 < numbers.length; at += 2)
        points.push([numbers[at] ?? 0, numbers[at + 1] ?? 0]);
  }
  return around(points);
}
