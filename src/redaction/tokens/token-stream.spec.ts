import fc from 'fast-check';
import { growthOf } from '../../platform/testing/processor-time.js';
import { runToEnd } from '../engine/cooperation.js';
import { formatToken, JOINER } from './token-form.js';
import { type Resolution, Restorer } from './token-restorer.js';
import { TokenStream } from './token-stream.js';
import { TokenTrie } from './token-trie.js';

const CODE = '7K3M9P2Q4R6S8TVW';
const KNOWN = new Map<string, Resolution>([
  [CODE, { type: 'PERSON_NAME', text: '<person>' }],
  [`${CODE}ABC0`, { type: 'PERSON_NAME', text: '<longer>' }],
  ['0123456789ABCDEF', { type: 'NAME', text: '<name>' }],
  ['AAAAAAAAAAAAAAAA', { type: 'Ticket', text: '<ticket>' }],
]);
const trie = new TokenTrie(
  [...KNOWN].map(([code, { type, text = '' }]) => [formatToken({ type, code }), text] as const),
);

/** A text that came in pieces, restored. */
function streamed(pieces: readonly string[]): string {
  let text = '';
  const stream = new TokenStream(trie, {
    text: (piece) => {
      text += piece;
    },
    token: (value) => {
      text += value;
    },
  });
  for (const piece of pieces) stream.push(piece);
  stream.end();
  return text;
}

const fragments = fc.constantFrom(
  ...[...KNOWN].map(([code, { type }]) => formatToken({ type, code })),
  ...[
    CODE,
    'PERSON_NAME',
    'person_name-',
    'PERSON_',
    'ticket-aaaaaaaaaaaaaaaa',
    'NAME-',
    'ABC0',
    'P',
    'N',
    'ſ',
  ],
  ...[JOINER, JOINER + JOINER, '-', '_', ' ', 'x', '0', 'é', '😀', '\ud83d', '.'],
);
const pieces = fc.array(
  fc.array(fragments, { maxLength: 4 }).map((all) => all.join('')),
  { maxLength: 8 },
);

describe('a text in pieces', () => {
  it('is restored as if it had come at once', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (parts, size) => {
        const text = parts.join('');
        const expected = runToEnd(new Restorer(KNOWN, []).restore(text)) ?? text;
        const cut = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        for (const way of [parts, cut, [text]]) expect(streamed(way)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is held back by no more than the longest token and a joiner', () => {
    const stream = new TokenStream(trie, { text: () => {}, token: () => {} });
    const longest = `${JOINER}PERSON_NAME-${CODE}ABC0`.length;
    fc.assert(
      fc.property(pieces, (parts) => {
        for (const piece of parts) {
          stream.push(piece);
          expect(stream.held.length).toBeLessThanOrEqual(longest);
        }
      }),
    );
  });

  it('takes time in proportion to its length, whatever it holds', () => {
    const restore = (unit: string, length: number) => (): void => {
      streamed(Array.from({ length: length / unit.length }, () => unit));
    };
    for (const unit of ['P', 'PERSON_', `PERSON_NAME-${CODE}`, JOINER, 'N_'])
      expect(growthOf(restore(unit, 20_000), restore(unit, 400_000))).toBeLessThan(100);
  });
});
