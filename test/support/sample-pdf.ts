import { PDFDocument, type PDFPage, StandardFonts } from '@cantoo/pdf-lib';

/** A line of text on a page, its baseline so far from the page's lower left corner, in points. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export const PAGE = { width: 595, height: 842 } as const;
export const FONT_SIZE = 12;

/** A PDF of text: one list of lines a page. */
export async function textPdf(...pages: readonly (readonly PdfLine[])[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const lines of pages) {
    const page = pdf.addPage([PAGE.width, PAGE.height]);
    for (const { text, ...at } of lines) page.drawText(text, { ...at, size: FONT_SIZE, font });
  }
  return Buffer.from(await pdf.save());
}

/** A PDF that shows a picture and no text. */
export async function picturePdf(png: Buffer): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const page: PDFPage = pdf.addPage([PAGE.width, PAGE.height]);
  page.drawImage(await pdf.embedPng(png), { x: 50, y: 50, width: 400, height: 400 });
  return Buffer.from(await pdf.save());
}
