import { xmlDeclaration } from './package-metadata.js';
import { escapeText } from './xml-text.js';

const PIECE = 64 * 1024;

/** Writes a part as UTF-8, element by element; an element without content is written as an empty one. */
export class XmlWriter {
  readonly #pieces: Buffer[] = [];
  #text = xmlDeclaration();
  /** A start tag that still lacks its `>`. */
  #isOpen = false;

  /** @param attributes as they are written, each after a space */
  open(name: string, attributes: string): void {
    this.#finishTag();
    this.#text += `<${name}${attributes}`;
    this.#isOpen = true;
  }

  text(text: string): void {
    if (text === '') return;
    this.#finishTag();
    this.#text += escapeText(text);
  }

  close(name: string): void {
    this.#text += this.#isOpen ? '/>' : `</${name}>`;
    this.#isOpen = false;
    if (this.#text.length > PIECE) this.#flush();
  }

  bytes(): Buffer {
    this.#flush();
    return Buffer.concat(this.#pieces);
  }

  #finishTag(): void {
    if (this.#isOpen) this.#text += '>';
    this.#isOpen = false;
  }

  #flush(): void {
    this.#pieces.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}
