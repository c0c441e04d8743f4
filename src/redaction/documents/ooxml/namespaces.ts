import { DocumentFailure } from '../document-failure.js';

const OOXML = 'http://schemas.openxmlformats.org';
const STRICT = 'http://purl.oclc.org/ooxml';
const MICROSOFT = 'http://schemas.microsoft.com/office';

/** Vocabularies that are kept, with the prefix that each is written under, transitional and strict alike. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  [`${OOXML}/wordprocessingml/2006/main`, 'w'],
  [`${STRICT}/wordprocessingml/main`, 'w'],
  [`${OOXML}/officeDocument/2006/relationships`, 'r'],
  [`${STRICT}/officeDocument/relationships`, 'r'],
  [`${OOXML}/officeDocument/2006/math`, 'm'],
  [`${STRICT}/officeDocument/math`, 'm'],
  [`${OOXML}/drawingml/2006/main`, 'a'],
  [`${STRICT}/drawingml/main`, 'a'],
  [`${OOXML}/drawingml/2006/wordprocessingDrawing`, 'wp'],
  [`${STRICT}/drawingml/wordprocessingDrawing`, 'wp'],
  [`${OOXML}/drawingml/2006/picture`, 'pic'],
  [`${STRICT}/drawingml/picture`, 'pic'],
  [`${OOXML}/drawingml/2006/chart`, 'c'],
  [`${STRICT}/drawingml/chart`, 'c'],
  [`${OOXML}/drawingml/2006/diagram`, 'dgm'],
  [`${STRICT}/drawingml/diagram`, 'dgm'],
  [`${OOXML}/drawingml/2006/lockedCanvas`, 'lc'],
  [`${OOXML}/markup-compatibility/2006`, 'mc'],
  [`${MICROSOFT}/word/2010/wordml`, 'w14'],
  [`${MICROSOFT}/word/2010/wordprocessingCanvas`, 'wpc'],
  [`${MICROSOFT}/word/2010/wordprocessingGroup`, 'wpg'],
  [`${MICROSOFT}/word/2010/wordprocessingShape`, 'wps'],
  [`${MICROSOFT}/word/2010/wordprocessingDrawing`, 'wp14'],
  [`${MICROSOFT}/drawing/2010/main`, 'a14'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
  ['urn:schemas-microsoft-com:office:word', 'w10'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);

/** How the vocabularies spell local names. Anything else is none of theirs, and might say something by itself. */
const LOCAL_NAME =
  /^(?:[a-z][A-Za-z]{0,40}\d{0,2}[A-Za-z]{0,20}|AlternateContent|Choice|Fallback|Ignorable|Requires)$/;

/** Whether a name is one of the vocabularies' own, as attributes quote them. */
export const isVocabulary = (uri: string): boolean => PREFIXES.has(uri) || uri === `${MICROSOFT}/word`;

/** Prefixes and default namespace in effect, by what each stands for: a prefix of {@link PREFIXES}, or nothing known. */
type Bindings = ReadonlyMap<string, string | undefined>;

/**
 * Resolves names as "Namespaces in XML 1.0" says, and gives each the prefix it is written under, whatever the document calls
 * it: so code tells elements by `w:p` alone, and prefixes carry nothing out.
 */
export class NameScopes {
  /** Of every known vocabulary that was declared anywhere, by the prefix it is written under. */
  readonly declared = new Map<string, string>();
  #bindings: Bindings = new Map([['xml', 'xml']]);
  readonly #outer: (Bindings | undefined)[] = [];
  #elements = new Map<string, string | undefined>();

  /**
   * Enters an element; call {@link leave} at its end.
   * @param declares whether some attribute may declare a namespace
   * @throws DocumentFailure `DOCUMENT_INVALID` when the strict and the transitional vocabulary of one prefix are both used
   */
  enter(attributes: Readonly<Record<string, string>>, declares: boolean): void {
    if (!declares) {
      this.#outer.push(undefined);
      return;
    }
    let bindings: Map<string, string | undefined> | undefined;
    for (const name in attributes) {
      if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue;
      const uri = attributes[name] ?? '';
      const prefix = PREFIXES.get(uri);
      bindings ??= new Map(this.#bindings);
      bindings.set(name.slice(6), prefix);
      if (prefix !== undefined && prefix !== 'xml') this.#declare(prefix, uri);
    }
    this.#outer.push(bindings === undefined ? undefined : this.#bindings);
    if (bindings !== undefined) this.#change(bindings);
  }

  leave(): void {
    const outer = this.#outer.pop();
    if (outer !== undefined) this.#change(outer);
  }

  /** `w:p`; undefined when the vocabulary is unknown. */
  element(name: string): string | undefined {
    if (this.#elements.has(name)) return this.#elements.get(name);
    const resolved = this.#resolve(name, this.#bindings.get(''));
    if (this.#elements.size < 10_000) this.#elements.set(name, resolved);
    return resolved;
  }

  /** `w:val`, or `val` for one without a prefix; undefined when the vocabulary is unknown. */
  attribute(name: string): string | undefined {
    if (name.includes(':')) return this.element(name);
    return LOCAL_NAME.test(name) ? name : undefined;
  }

  /** The prefix that a prefix of the document is written as; undefined when it stands for nothing known. */
  prefix(name: string): string | undefined {
    return this.#bindings.get(name);
  }

  #resolve(name: string, unprefixed: string | undefined): string | undefined {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? unprefixed : this.#bindings.get(name.slice(0, colon));
    const local = name.slice(colon + 1);
    return prefix === undefined || !LOCAL_NAME.test(local) ? undefined : `${prefix}:${local}`;
  }

  #declare(prefix: string, uri: string): void {
    if ((this.declared.get(prefix) ?? uri) !== uri) throw new DocumentFailure('DOCUMENT_INVALID');
    this.declared.set(prefix, uri);
  }

  #change(bindings: Bindings): void {
    this.#bindings = bindings;
    this.#elements = new Map();
  }
}
