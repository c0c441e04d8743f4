import fc from 'fast-check';
import { readXml } from '../ooxml/xml-reader.js';
import { escapeAttribute, escapeText } from '../ooxml/xml-text.js';
import { readPlainly } from './plain-part.js';

const NAMES = ['w:p', 'w:r', 'w:t', 'w:delText', 'x', 'größe'];
const names = fc.constantFrom(...NAMES);
const letters = fc.constantFrom(...'ab1 &<>"\'\n\t\r', 'é', '😀', '\u00a0');
const texts = fc.array(letters, { maxLength: 8 }).map((all) => all.join(''));
const attributes = fc
  .uniqueArray(fc.tuple(names, texts), { maxLength: 3, selector: ([name]) => name })
  .map((all) => all.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join(''));

/** Elements in elements, as the writer writes them. */
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(names, attributes).map(([name, given]) => `<${name}${given}/>`),
    fc
      .tuple(names, attributes, tie('content'))
      .map(([name, given, inner]) => `<${name}${given}>${inner}</${name}>`),
  ),
  content: fc
    .array(fc.oneof({ depthSize: 'small' }, texts.map(escapeText), tie('element')), { maxLength: 4 })
    .map((all) => all.join('')),
}));

/** The same by a parser. */
function parsed(xml: string): boolean {
  try {
    readXml(Buffer.from(xml), { open: () => {}, text: () => {}, close: () => {} });
    return true;
  } catch {
    return false;
  }
}

describe('a part without its tags', () => {
  it('has its text, lines and characters', () => {
    const xml =
      '<?xml version="1.0"?><w:p a="1"><w:t>a &amp; b</w:t><w:br/><w:t xml:space="preserve"> c&#x20AC; </w:t></w:p>';
    expect(readPlainly(xml)).toEqual({
      text: 'a & b\n c€ \n',
      tags: [
        '<?xml version="1.0"?>',
        '<w:p a="1">',
        '<w:t>',
        '</w:t>',
        '<w:br/>',
        '<w:t xml:space="preserve">',
        '</w:p>',
      ].join('\n'),
      characters: 5,
    });
  });

  it('is well formed when the writer wrote it', () => {
    fc.assert(
      fc.property(element, (xml) => {
        expect([xml, parsed(xml)]).toEqual([xml, true]);
        expect(readPlainly(xml).characters).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not well formed when a parser says so', () => {
    const changes = fc.record({
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc.constantFrom('', '<', '>', '&', '"', '/', 'x', '</x>', '<x>', '&bad;', '\0'),
    });
    fc.assert(
      fc.property(element, changes, (xml, { at, remove, insert }) => {
        const place = at % (xml.length + 1);
        const changed = xml.slice(0, place) + insert + xml.slice(place + remove);
        fc.pre(!parsed(changed));
        expect([changed, readPlainly(changed).characters]).toEqual([changed, undefined]);
      }),
      { numRuns: 5_000 },
    );
  });
});
