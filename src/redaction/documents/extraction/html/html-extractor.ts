import { Parser } from 'htmlparser2';
import type { Extractor } from '../document-extractor.js';
import { TextBuilder } from '../text-builder.js';
import { decodeHtml } from './html-charset.js';
import { HtmlReader } from './html-reader.js';

/** Parsed at a time, in UTF-16 code units; progress is told in between. */
const PIECE = 256 * 1024;

/**
 * HTML: what a page says to its readers. Programs, looks, comments, hidden parts, fields to be filled, and the ways to other
 * pages are left out.
 * @throws DocumentFailure `DOCUMENT_UNDECODABLE`, `DOCUMENT_TOO_COMPLEX`, `DOCUMENT_TOO_LARGE`
 */
export const extractHtml: Extractor = async (document, { progress }) => {
  // A NUL is text of no page (HTML, 13.2.5.1), and stands for something else here.
  const source = decodeHtml(document).replaceAll('\u0000', '');
  const builder = new TextBuilder();
  const reader = new HtmlReader(builder);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (name) => reader.close(name),
    },
    { decodeEntities: true },
  );
  const total = Math.ceil(source.length / PIECE);
  for (let piece = 0; piece < total; piece++) {
    progress({ stage: 'reading', done: piece, total });
    parser.write(source.slice(piece * PIECE, (piece + 1) * PIECE));
  }
  parser.end();
  reader.end();
  return builder.end(reader.title);
};
