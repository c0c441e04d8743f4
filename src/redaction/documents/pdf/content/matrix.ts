/** a b c d e f of ISO 32000-1, 8.3.4: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export const times = (inner: Matrix, outer: Matrix): Matrix => [
  inner[0] * outer[0] + inner[1] * outer[2],
  inner[0] * outer[1] + inner[1] * outer[3],
  inner[2] * outer[0] + inner[3] * outer[2],
  inner[2] * outer[1] + inner[3] * outer[3],
  inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
  inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
];

/** A rectangle in a page's own space, y upwards; left ≤ right and bottom ≤ top. */
export interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** The upright rectangle around a rectangle that was transformed. */
export function transformed(rectangle: Rectangle, [a, b, c, d, e, f]: Matrix): Rectangle {
  const corners = [
    [rectangle.left, rectangle.bottom],
    [rectangle.right, rectangle.bottom],
    [rectangle.left, rectangle.top],
    [rectangle.right, rectangle.top],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  return around(corners);
}

/** The upright rectangle around points. */
export function around(points: readonly (readonly [number, number])[]): Rectangle {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return { left, bottom, right, top };
}

export const intersects = (a: Rectangle, b: Rectangle): boolean =>
  a.right > b.left && a.left < b.right && a.top > b.bottom && a.bottom < b.top;

export const contains = (outer: Rectangle, inner: Rectangle): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.bottom >= outer.bottom &&
  inner.top <= outer.top;

export const joined = (a: Rectangle, b: Rectangle): Rectangle => ({
  left: Math.min(a.left, b.left),
  bottom: Math.min(a.bottom, b.bottom),
  right: Math.max(a.right, b.right),
  top: Math.max(a.top, b.top),
});

export const padded = (rectangle: Rectangle, horizontal: number, vertical = horizontal): Rectangle => ({
  left: rectangle.left - horizontal,
  right: rectangle.right + horizontal,
  bottom: rectangle.bottom - vertical,
  top: rectangle.top + vertical,
});
