import { stem } from './porter-stemmer.js';

/** The examples of the paper, carried through all of its steps where it shows one alone. */
const EXAMPLES =
  `caresses caress, ponies poni, ties ti, caress caress, cats cat, feed feed, agreed agre, plastered plaster,
bled bled, motoring motor, sing sing, conflated conflat, troubled troubl, sized size, hopping hop, tanned tan, falling fall,
hissing hiss, fizzed fizz, failing fail, filing file, happy happi, sky sky, relational relat, conditional condit,
rational ration, valenci valenc, hesitanci hesit, digitizer digit, radically radic, differently differ, vilely vile,
analogously analog, vietnamization vietnam, predication predic, operator oper, feudalism feudal, decisiveness decis,
hopefulness hope, callousness callous, formality formal, sensitivity sensit, triplicate triplic, formative form,
formalize formal, electricity electr, electrical electr, hopeful hope, goodness good, revival reviv, allowance allow,
inference infer, airliner airlin, gyroscopic gyroscop, adjustable adjust, defensible defens, irritant irrit,
replacement replac, adjustment adjust, dependent depend, adoption adopt, communism commun, activate activ, homologous homolog,
effective effect, bowdlerize bowdler, probate probat, rate rate, cease ceas, controll control, roll roll,
generalizations gener, oscillators oscil, connect connect, connected connect, connecting connect, connections connect`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]);

describe('the Porter stemmer', () => {
  it.each(EXAMPLES)('takes %s to %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it('leaves short words, and what is no English word, as they are', () => {
    for (const word of ['', 'a', 'is', 'bp1087s', 'zoës', '2019', 'naïveness', 'x'.repeat(65)])
      expect(stem(word)).toBe(word);
  });

  it('knows when a Y is a vowel', () => {
    expect(['toying', 'syzygy', 'say', 'enjoyed'].map(stem)).toEqual(['toi', 'syzygi', 'sai', 'enjoi']);
  });
});
