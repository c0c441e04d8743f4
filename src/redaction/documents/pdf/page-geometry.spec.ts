import fc from 'fast-check';
import { PageGeometry } from './page-geometry.js';

const MEDIA = { left: 0, bottom: 0, right: 612, top: 792 };
const CROP = { left: 100, bottom: 200, right: 500, top: 700 };
const turns = fc.constantFrom(0, 1, 2, 3) as fc.Arbitrary<0 | 1 | 2 | 3>;
const fraction = fc.double({ min: 0, max: 0.49, noNaN: true });

describe('where a page’s own space lies on the page as it is shown', () => {
  it.each([
    [0, { x: 0, y: 0 }],
    [1, { x: 0.9, y: 0 }],
    [2, { x: 0.75, y: 0.9 }],
    [3, { x: 0, y: 0.75 }],
  ] as const)('turned by %i quarters', (quarters, corner) => {
    const geometry = new PageGeometry(MEDIA, CROP, quarters);
    const topLeft = { left: 100, right: 200, top: 700, bottom: 650 };
    const area = geometry.toArea(topLeft);
    expect(area?.x).toBeCloseTo(corner.x);
    expect(area?.y).toBeCloseTo(corner.y);
    expect(area?.width).toBeCloseTo(quarters % 2 === 0 ? 0.25 : 0.1);
  });

  it('comes back from an area to the rectangle it was', () => {
    fc.assert(
      fc.property(turns, fraction, fraction, fraction, fraction, (quarters, x, y, width, height) => {
        const geometry = new PageGeometry(MEDIA, CROP, quarters);
        const area = { x, y, width: width + 0.01, height: height + 0.01 };
        const back = geometry.toArea(geometry.toRectangle(area));
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(back?.[key]).toBeCloseTo(area[key], 9);
      }),
    );
  });

  it('cuts what reaches out of the page, and shows nothing of what lies outside', () => {
    const geometry = new PageGeometry(MEDIA, CROP, 0);
    expect(geometry.toArea({ left: 0, right: 300, bottom: 600, top: 800 })).toEqual({
      x: 0,
      y: 0,
      width: 0.5,
      height: 0.2,
    });
    expect(geometry.toArea({ left: 0, right: 90, bottom: 600, top: 800 })).toBeUndefined();
  });
});
