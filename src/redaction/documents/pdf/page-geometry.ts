import type { Area } from '../document-policy.js';
import { intersects, type Rectangle } from './content/matrix.js';
import type { SourcePage } from './structure/page-tree.js';
import { numberIn, rectangleIn } from './structure/pdf-objects.js';

const LETTER: Rectangle = { left: 0, bottom: 0, right: 612, top: 792 };

/** How a page's own space (points, y upwards) lies on the page as it is shown (cropped and turned, y downwards). */
export class PageGeometry {
  /** @param turns of 90° clockwise */
  constructor(
    readonly media: Rectangle,
    readonly crop: Rectangle,
    readonly turns: 0 | 1 | 2 | 3,
  ) {}

  static of(page: SourcePage): PageGeometry {
    const media = usable(rectangleIn(page.inherited, 'MediaBox')) ?? LETTER;
    const crop = usable(rectangleIn(page.inherited, 'CropBox')) ?? media;
    const rotate = numberIn(page.inherited, 'Rotate') ?? 0;
    const turns = (((Math.round(rotate / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
    return new PageGeometry(media, intersects(crop, media) ? clipped(crop, media) : media, turns);
  }

  /** Of the page as it is shown, in points. */
  get width(): number {
    return this.turns % 2 === 0 ? this.crop.right - this.crop.left : this.crop.top - this.crop.bottom;
  }

  get height(): number {
    return this.turns % 2 === 0 ? this.crop.top - this.crop.bottom : this.crop.right - this.crop.left;
  }

  /** The area as it is shown of a rectangle of the page's space, cut to the page; undefined when it lies outside. */
  toArea(rectangle: Rectangle): Area | undefined {
    const { crop } = this;
    const across = crop.right - crop.left;
    const up = crop.top - crop.bottom;
    const x1 = clamp((rectangle.left - crop.left) / across);
    const x2 = clamp((rectangle.right - crop.left) / across);
    const y1 = clamp((crop.top - rectangle.top) / up);
    const y2 = clamp((crop.top - rectangle.bottom) / up);
    if (x2 <= x1 || y2 <= y1) return undefined;
    if (this.turns === 1) return { x: 1 - y2, y: x1, width: y2 - y1, height: x2 - x1 };
    if (this.turns === 2) return { x: 1 - x2, y: 1 - y2, width: x2 - x1, height: y2 - y1 };
    if (this.turns === 3) return { x: y1, y: 1 - x2, width: y2 - y1, height: x2 - x1 };
    return { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
  }

  /** The rectangle of the page's space that an area shows. */
  toRectangle({ x, y, width, height }: Area): Rectangle {
    const { crop } = this;
    const [x1, y1, x2, y2] = this.#unturned(x, y, x + width, y + height);
    const across = crop.right - crop.left;
    const up = crop.top - crop.bottom;
    return {
      left: crop.left + x1 * across,
      right: crop.left + x2 * across,
      top: crop.top - y1 * up,
      bottom: crop.top - y2 * up,
    };
  }

  #unturned(x1: number, y1: number, x2: number, y2: number): [number, number, number, number] {
    if (this.turns === 1) return [y1, 1 - x2, y2, 1 - x1];
    if (this.turns === 2) return [1 - x2, 1 - y2, 1 - x1, 1 - y1];
    if (this.turns === 3) return [1 - y2, x1, 1 - y1, x2];
    return [x1, y1, x2, y2];
  }
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const usable = (box: Rectangle | undefined): Rectangle | undefined =>
  box !== undefined && box.right - box.left > 0 && box.top - box.bottom > 0 ? box : undefined;

const clipped = (box: Rectangle, by: Rectangle): Rectangle => ({
  left: Math.max(box.left, by.left),
  bottom: Math.max(box.bottom, by.bottom),
  right: Math.min(box.right, by.right),
  top: Math.min(box.top, by.top),
});
