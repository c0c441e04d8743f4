import { deflateSync } from 'node:zlib';
import { type FilePart, partsOf } from './file-parts.js';
import { Fragments } from './fragments.js';
import { KeptText, LeakSearch } from './leak-search.js';

const values = ['Anna Berg', '078-05-1120', 'Жанна Петрова'].map((text) => ({ type: 'X', text, page: 1 }));
const search = new LeakSearch(values);
const NOTHING = new KeptText('');
const part = (bytes: Buffer | string, kind: FilePart['kind'] = 'text'): FilePart => ({
  kind,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
});
const wide = (text: string) => Buffer.from(text, 'utf16le');

describe('what a file’s parts may not hold', () => {
  it.each<[string, FilePart]>([
    ['plain', part('(Anna Berg) Tj')],
    ['in another case', part('/Title (ANNA BERG)', 'objects')],
    ['kerned', part('[(An)-20(na )12(Berg)] TJ')],
    ['as a name object', part('/Anna#20Berg', 'objects')],
    ['as hexadecimal digits', part('<416e6e612042657267> Tj')],
    ['as hexadecimal UTF-16', part('<FEFF0041006E006E006100200042006500720067>')],
    ['as UTF-16, little endian', part(wide('Anna Berg'))],
    ['as UTF-16, big endian', part(wide('Anna Berg').swap16())],
    ['as digits alone', part('078051120', 'objects')],
    ['among bytes of a picture', part('\u0001\u0002Anna Berg\u0000\u00ff', 'binary')],
    ['beyond ASCII as UTF-8', part(Buffer.from('жанна петрова'))],
    ['beyond ASCII as UTF-16', part(Buffer.concat([Buffer.from('x'), wide('Жанна Петрова').swap16()]))],
  ])('a value %s', (_, found) => {
    expect(search.inPart(found, NOTHING)).not.toEqual([]);
  });

  it.each<[string, FilePart]>([
    ['numbers of a drawing', part('78 5 1120 re 078 05 1120 re')],
    ['part of a longer word', part('(Annabel Bergson) Tj')],
    ['a word that kerning divides', part('[(Anna Berg)-20(en)] TJ')],
  ])('but %s', (_, innocent) => {
    expect(search.inPart(innocent, NOTHING)).toEqual([]);
  });

  it('unless what was kept explains it', () => {
    expect(search.inText('Anna Berg en', new KeptText('The Anna Bergen house'))).toEqual([]);
    expect(search.inText('Anna Berg en', new KeptText('The Bergen house'))).toEqual(['Anna Berg']);
  });
});

describe('pieces of values', () => {
  const fragments = new Fragments(values);

  it.each([
    ['078-05-11', '', true],
    ['Petro Жанна', '', true],
    ['AnnaB', '', true],
    ['Anna', '', false],
    ['No. 07805', 'No. 07805', false],
  ])('%j where %j was kept', (text, kept, leaks) => {
    expect(fragments.areIn(text, kept)).toBe(leaks);
  });
});

describe('taking a file apart', () => {
  const file = (dictionary: string, stream: Buffer) =>
    Buffer.concat([
      Buffer.from(`1 0 obj <<${dictionary}>>\nstream\n`),
      stream,
      Buffer.from('\nendstream endobj (end)'),
    ]);
  const texts = (bytes: Buffer) =>
    [...partsOf(bytes)].map(({ kind, bytes: part }) => [kind, Buffer.from(part).toString('latin1')]);

  it('unfolds streams, and shows what stands around them', () => {
    const folded = deflateSync('content');
    expect(texts(file(`/Length ${folded.length}/Filter/FlateDecode`, folded))).toEqual([
      ['objects', expect.stringContaining('1 0 obj')],
      ['text', 'content'],
      ['objects', '\nendstream endobj (end)'],
    ]);
  });

  it('is not misled by a length that lies', () => {
    expect(texts(file('/Length 2', Buffer.from('content')))[1]).toEqual(['text', 'content\n']);
  });

  it('refuses streams that do not unfold', () => {
    expect(() => texts(file('/Filter/FlateDecode', Buffer.from('nonsense')))).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_DAMAGED' }),
    );
  });
});
