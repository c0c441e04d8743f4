import { SaxesParser } from 'saxes';
import { DocumentFailure } from '../document-failure.js';

/** What a part is read into. Names are as spelled, prefix included. */
export interface XmlEvents {
  /** @param declares whether some attribute may declare a namespace */
  open(name: string, attributes: Readonly<Record<string, string>>, declares: boolean): void;
  /** Character data, CDATA included; may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

/** Office nests some tens of levels; tables in tables in text boxes make a few hundred. */
const MAX_DEPTH = 1_000;
const PIECE = 64 * 1024;

/**
 * Reads a part of a package: well-formed XML 1.0 in UTF-8 or UTF-16, without a document type, for that is where entities
 * are made (ECMA-376 part 2, 8.1.4 forbids it too). Comments and processing instructions are passed over.
 * @throws DocumentFailure `DOCUMENT_INVALID`, `DOCUMENT_TOO_COMPLEX`; messages of the parser quote the text and are dropped
 */
export function readXml(bytes: Uint8Array, events: XmlEvents): void {
  // Few handlers on purpose: with one more the parser's object has so many fields that V8 reads it four times slower.
  const parser = new SaxesParser({ xmlns: false, position: false });
  const declarations = new DeclarationWatch();
  let depth = 0;
  parser.on('doctype', () => {
    throw new DocumentFailure('DOCUMENT_INVALID');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    events.open(name, attributes, declarations.next());
  });
  const text = (piece: string): void => events.text(piece);
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', ({ name }) => {
    depth--;
    events.close(name);
  });
  // What the parser says quotes the text, so only the fact is passed on.
  parser.on('error', () => {
    throw new DocumentFailure('DOCUMENT_INVALID');
  });
  for (const piece of piecesOf(bytes)) {
    declarations.see(piece);
    parser.write(piece);
  }
  const { encoding } = parser.xmlDecl;
  if (encoding !== undefined && !/^utf-?(?:8|16)$/i.test(encoding))
    throw new DocumentFailure('DOCUMENT_INVALID');
  parser.close();
}

/** Knows of most elements that they declare no namespace without a look at their attributes. */
class DeclarationWatch {
  #end = '';
  #isNear = false;
  #isInPiece = false;

  see(piece: string): void {
    this.#isInPiece = (this.#end + piece).includes('xmlns');
    this.#isNear ||= this.#isInPiece;
    this.#end = piece.slice(-4);
  }

  /** Whether the element whose start tag has just been read may declare some. */
  next(): boolean {
    const isNear = this.#isNear;
    this.#isNear = this.#isInPiece;
    return isNear;
  }
}

function* piecesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  const decode = (at: number): string => {
    try {
      return decoder.decode(bytes.subarray(at, at + PIECE), { stream: at < bytes.length });
    } catch {
      throw new DocumentFailure('DOCUMENT_INVALID');
    }
  };
  for (let at = 0; at < bytes.length; at += PIECE) yield decode(at);
  yield decode(bytes.length);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
