import { type FileOptions, RawPdf } from './raw-pdf.js';

export const PAGE_WIDTH = 612;
export const PAGE_HEIGHT = 792;

/** A page as PDF source. */
export interface PageSource {
  readonly content: string | Uint8Array;
  /** Entries of `Resources` beside the fonts `F1` (Helvetica) and `F2` (Courier). */
  readonly resources?: string;
  /** Entries of the page's dictionary beside those it cannot do without. */
  readonly entries?: string;
  readonly fonts?: string;
  /** Leaves the content uncompressed. */
  readonly plain?: boolean;
}

/** A document under construction, for makers that hang more into it than pages. */
export class PdfBuilder {
  readonly pdf = new RawPdf();
  readonly catalog = this.pdf.reserve();
  readonly tree = this.pdf.reserve();
  readonly pages: number[] = [];
  readonly #font = this.pdf.add(
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  );
  readonly #mono = this.pdf.add(
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
  );

  /** @returns the number of the page's object */
  page(
    { content, resources = '', entries = '', fonts = '', plain = false }: PageSource,
    number = this.pdf.reserve(),
  ): number {
    const stream = this.pdf.addStream(content, { flate: !plain });
    const box = entries.includes('/MediaBox') ? '' : `/MediaBox [0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}]`;
    this.pdf.set(
      number,
      `<< /Type /Page /Parent ${this.tree} 0 R ${box} /Contents ${stream} 0 R ` +
        `/Resources << /Font << /F1 ${this.#font} 0 R /F2 ${this.#mono} 0 R ${fonts} >> ${resources} >> ${entries} >>`,
    );
    this.pages.push(number);
    return number;
  }

  /** The font resource that pages have, for forms and appearances. */
  get fonts(): string {
    return `/Font << /F1 ${this.#font} 0 R /F2 ${this.#mono} 0 R >>`;
  }

  /** @param entries of the catalog beside `Pages` */
  finish(entries = '', options: FileOptions = {}): Buffer {
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ');
    this.pdf.set(this.tree, `<< /Type /Pages /Count ${this.pages.length} /Kids [${kids}] >>`);
    this.pdf.set(this.catalog, `<< /Type /Catalog /Pages ${this.tree} 0 R ${entries} >>`);
    return this.pdf.toBytes(this.catalog, options);
  }
}

/** A document of pages and nothing else. */
export function documentOf(...pages: readonly (string | PageSource)[]): Buffer {
  const builder = new PdfBuilder();
  for (const page of pages) builder.page(typeof page === 'string' ? { content: page } : page);
  return builder.finish();
}

/** A string literal of a content stream or object. */
export const literal = (text: string) => `(${text.replaceAll(/[\\()]/g, '\\$&')})`;

/** One line of text in a text object of its own. */
export const line = (text: string, x: number, y: number, size = 12, font = 'F1') =>
  `BT /${font} ${size} Tf ${x} ${y} Td ${literal(text)} Tj ET\n`;

/** A text string in UTF-16BE with its mark, written in hex (ISO 32000-1, 7.9.2.2). */
export const utf16 = (text: string) =>
  `<FEFF${[...Buffer.from(text, 'utf16le').swap16()].map((byte) => byte.toString(16).padStart(2, '0')).join('')}>`;
