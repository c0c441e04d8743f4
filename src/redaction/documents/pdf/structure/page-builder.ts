import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFContext,
  PDFDict,
  type PDFName,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
  PDFStreamWriter,
} from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import type { Rectangle } from '../content/matrix.js';
import type { OutlineCounter } from '../content/outline-counter.js';
import { decodedText } from '../content/stream-decoding.js';
import { FontCopy } from '../fonts/font-copy.js';
import { FontUsage } from '../fonts/font-usage.js';
import { ImageCopy } from '../images/image-copy.js';
import type { PageGeometry } from '../page-geometry.js';
import { appearancesOf } from './annotations.js';
import { DrawingCopy } from './drawing-copy.js';
import { ObjectStore } from './object-store.js';
import { PageContent, type PageCopies } from './page-content.js';
import type { SourcePage } from './page-tree.js';
import { dictIn, name, valueIn } from './pdf-objects.js';
import { PlainCopy } from './plain-copy.js';
import { dropUnreachable } from './reachable.js';

/** What is known of a page that was built. */
export interface BuiltPage {
  /** Where images are drawn, in the page's own space. */
  readonly images: readonly Rectangle[];
  /** Of the largest image. */
  readonly pixels: number;
  /** Whether images are drawn by reference too: in patterns and the like. */
  readonly hiddenImages: boolean;
  readonly outlines: Pick<OutlineCounter, 'mayBeText' | 'isDrawing'>;
}

/** Copies the pages of one document; of each, only what it draws. */
export interface PageSource {
  readonly copies: PageCopies;
  readonly images: ImageCopy;
}

/** A document that is built from nothing, page by page: what is not put into it is not in it. */
export class PageBuilder {
  readonly usage = new FontUsage();
  readonly context = PDFContext.create();
  readonly store = new ObjectStore(this.context);
  readonly #pages: PDFRef[] = [];
  readonly #root = this.context.nextRef();

  /** One for every document that pages are copied from. */
  source(): PageSource {
    const plain = new PlainCopy(this.store);
    const images = new ImageCopy(plain);
    const drawings = new DrawingCopy(plain, images);
    const fonts = new FontCopy(plain, (glyph, resources) => drawings.copy(glyph, resources));
    return { copies: { drawings, fonts, usage: this.usage }, images };
  }

  /**
   * @param regions in the page's own space, in which no drawing is kept
   * @param painted operations that are painted over the page
   */
  addPage(
    source: PageSource,
    page: SourcePage,
    geometry: PageGeometry,
    { regions = [], paint }: { regions?: readonly Rectangle[]; paint?: (content: PageContent) => void } = {},
  ): BuiltPage {
    const { drawings } = source.copies;
    drawings.hasImages = false;
    const content = new PageContent(source.copies, regions);
    content.add(contentText(page), dictIn(page.inherited, 'Resources'));
    for (const { form, matrix } of appearancesOf(page)) content.addForm(form, matrix);
    paint?.(content);
    const group = valueIn(page.dict, 'Group');
    const entries = new Map<PDFName, PDFObject>([[name('Resources'), content.resources]]);
    if (group instanceof PDFDict) entries.set(name('Group'), drawings.plain.dict(group));
    this.#add(content.toString(), geometry, entries);
    const { images, pixels, outlines } = content;
    return { images, pixels, hiddenImages: drawings.hasImages, outlines };
  }

  /** A page that shows one image, turned as it is shown. */
  addImagePage(
    image: PDFRef,
    { width, height }: { width: number; height: number },
    overlay: string,
    resources: PDFDict,
  ): void {
    const box = { left: 0, bottom: 0, right: width, top: height };
    const objects = PDFDict.fromMapWithContext(new Map([[name('I'), image as PDFObject]]), this.context);
    resources.set(name('XObject'), objects);
    const text = `q ${width} 0 0 ${height} 0 0 cm /I Do Q\n${overlay}`;
    this.#add(text, { media: box, crop: box, turns: 0 }, new Map([[name('Resources'), resources]]));
  }

  #add(
    text: string,
    { media, crop, turns }: Pick<PageGeometry, 'media' | 'crop' | 'turns'>,
    more: ReadonlyMap<PDFName, PDFObject>,
  ): void {
    const { context } = this;
    const contents = PDFRawStream.of(
      context.obj({ Filter: 'FlateDecode' }),
      deflateSync(Buffer.from(text, 'latin1'), { level: 5 }),
    );
    const entries = new Map<PDFName, PDFObject>([
      [name('Type'), name('Page')],
      [name('Parent'), this.#root],
      [name('MediaBox'), context.obj(corners(media))],
      [name('CropBox'), context.obj(corners(crop))],
      [name('Rotate'), context.obj(turns * 90)],
      [name('Contents'), context.register(contents)],
      ...more,
    ]);
    this.#pages.push(context.register(PDFDict.fromMapWithContext(entries, context)));
  }

  /** The document's bytes. It has no Info, no ID and nothing in its catalog but the pages. */
  async save(): Promise<Uint8Array> {
    const { context } = this;
    const kids = PDFArray.withContext(context);
    for (const page of this.#pages) kids.push(page);
    context.assign(this.#root, context.obj({ Type: 'Pages', Kids: kids, Count: this.#pages.length }));
    const catalog = context.register(context.obj({ Type: 'Catalog', Pages: this.#root }));
    context.trailerInfo.Root = catalog;
    dropUnreachable(context, catalog);
    return PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
  }
}

const corners = ({ left, bottom, right, top }: Rectangle): number[] => [left, bottom, right, top];

/** A page's content: streams are read as one, as if white space stood between them. */
function contentText({ dict }: SourcePage): string {
  const contents = valueIn(dict, 'Contents');
  if (contents === undefined) return '';
  if (contents instanceof PDFStream) return decodedText(contents);
  if (!(contents instanceof PDFArray)) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return contents
    .asArray()
    .map((item) => {
      const stream = dict.context.lookup(item);
      return stream instanceof PDFStream ? decodedText(stream) : '';
    })
    .join('\n');
}
