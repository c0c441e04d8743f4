import { LocalExtractive } from './local-extractive.js';
import type { Labelled } from './testing/labelled.js';
import { KNOWN } from './testing/labelled-known.js';
import { UNSEEN } from './testing/labelled-unseen.js';

const model = new LocalExtractive();

interface Quality {
  /** Of questions with an answer, how many get it among the quoted sentences. */
  readonly hits: number;
  /** Of answers that find nothing, how many are right to; and of questions without an answer, how many get that. */
  readonly abstentionPrecision: number;
  readonly abstentionRecall: number;
}

async function quotes(given: string, question: string): Promise<string[]> {
  const messages = [
    { role: 'system', content: given },
    { role: 'user', content: question },
  ];
  const { citations } = await model.answer({ model: model.id, messages }, () => new AbortController().signal);
  return citations.map(({ text }) => text);
}

/** Asks every question, with its own text alone or with the texts of the whole set. */
async function measure(set: readonly Labelled[], isTogether: boolean): Promise<Quality> {
  const whole = set.map(({ text }) => text).join('\n\n');
  const counts = { answerable: 0, hits: 0, unanswerable: 0, abstained: 0, rightlyAbstained: 0 };
  for (const { text, questions } of set)
    for (const [question, answer] of questions) {
      const quoted = await quotes(isTogether ? whole : text, question);
      counts.abstained += quoted.length === 0 ? 1 : 0;
      if (answer === null) {
        counts.unanswerable += 1;
        counts.rightlyAbstained += quoted.length === 0 ? 1 : 0;
      } else {
        expect(text).toContain(answer);
        counts.answerable += 1;
        counts.hits += quoted.some((sentence) => sentence.startsWith(answer)) ? 1 : 0;
      }
    }
  return {
    hits: counts.hits / counts.answerable,
    abstentionPrecision: counts.rightlyAbstained / counts.abstained,
    abstentionRecall: counts.rightlyAbstained / counts.unanswerable,
  };
}

/**
 * A small set of our own: it tells whether a change makes the model better or worse, not how good it is elsewhere. Measured
 * on the texts that nothing was chosen by: 0.87 of the answers found; of its abstentions 0.77 are right with one text and 0.72
 * with five; it abstains from 1.00 and 0.76 of what has no answer.
 */
describe('the quality of local-extractive', () => {
  it('is measured by enough questions, with and without an answer', () => {
    const answers = [...KNOWN, ...UNSEEN].flatMap(({ questions }) => questions.map(([, answer]) => answer));
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((answer) => answer === null).length).toBeGreaterThan(30);
  });

  it.each([
    [
      'known texts, one at a time',
      KNOWN,
      false,
      { hits: 0.95, abstentionPrecision: 0.9, abstentionRecall: 0.9 },
    ],
    [
      'known texts, all at once',
      KNOWN,
      true,
      { hits: 0.95, abstentionPrecision: 0.9, abstentionRecall: 0.85 },
    ],
    [
      'unseen texts, one at a time',
      UNSEEN,
      false,
      { hits: 0.85, abstentionPrecision: 0.75, abstentionRecall: 0.9 },
    ],
    [
      'unseen texts, all at once',
      UNSEEN,
      true,
      { hits: 0.85, abstentionPrecision: 0.7, abstentionRecall: 0.75 },
    ],
  ])('%s', async (_, set, isTogether, least) => {
    const quality = await measure(set, isTogether);
    for (const [name, value] of Object.entries(least))
      expect({
        name,
        isEnough: quality[name as keyof Quality] >= value,
        value: quality[name as keyof Quality],
      }).toMatchObject({
        isEnough: true,
      });
  });
});
