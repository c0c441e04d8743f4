import fc from 'fast-check';
import type { JsonObject } from '../json.js';
import { AnswerRestorer } from '../shield/answer-restorer.js';
import type { Resolution } from '../shield/conversation.js';
import { RestorableTokens } from '../shield/restorable-tokens.js';
import { ContentPattern } from './content-pattern.js';
import { StreamRelay } from './stream-relay.js';

const TOKEN = 'PERSON_NAME-7K3M9P2Q4R6S8TVW';
const KNOWN = new RestorableTokens(
  new Map<string, Resolution>([['7K3M9P2Q4R6S8TVW', { type: 'PERSON_NAME', text: 'John "J" Smith' }]]),
);

const part = (delta: JsonObject, index = 0, more: JsonObject = {}): JsonObject => ({
  id: 'c1',
  choices: [{ index, delta, finish_reason: null }],
  ...more,
});

const pieces = fc.constantFrom(
  TOKEN,
  `${TOKEN}.`,
  'PERSON_',
  'NAME-7K3M9P2Q',
  '4R6S8TVW',
  ' ',
  '',
  '?',
  'é😀',
  '"',
  '\\',
  '\n',
);
const parts: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 9, arbitrary: pieces.map((content) => part({ content })) },
  pieces.map((content) => part({ role: 'assistant', content })),
  pieces.map((content) => part({ content }, 1)),
  pieces.map((content) => part({ content, reasoning: content })),
  pieces.map((name) => part({ tool_calls: [{ index: 0, function: { name } }] })),
  pieces.map((content) => part({ content }, 0, { usage: { total_tokens: 1 } })),
);

async function relayed(texts: readonly string[], model?: string): Promise<JsonObject[]> {
  const relay = new StreamRelay(new AnswerRestorer(KNOWN, false), true, { model });
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const text of texts) yield Buffer.from(`data: ${text}\n\n`);
    yield Buffer.from('data: [DONE]\n\n');
  }
  let written = '';
  for await (const text of relay.relay(body())) written += text;
  const events = (written + relay.rest()).split('\n\n').slice(0, -1);
  return events.map((event) => JSON.parse(event.slice('data: '.length)));
}

describe('parts of a stream that differ in a piece of content alone', () => {
  it('are handed on as if each had been parsed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 12 }), fc.boolean(), async (sent, isSpaced) => {
        const one = new AnswerRestorer(KNOWN, false);
        const expected = [...sent.flatMap((each) => one.restoreChunk(each)), ...one.finish()];
        const texts = sent.map((each) => {
          const text = JSON.stringify(each);
          return isSpaced ? text.replace('"content":', '"content": ') : text;
        });
        expect(await relayed(texts)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('are all of the model that was asked, where the answer is said to be of another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 12 }), async (sent) => {
        const shown = (model: string) => sent.map((each) => ({ ...each, model }));
        const one = new AnswerRestorer(KNOWN, false);
        const expected = [...shown('asst_1').flatMap((each) => one.restoreChunk(each)), ...one.finish()];
        const texts = shown('gpt').map((each) => JSON.stringify(each));
        expect(await relayed(texts, 'asst_1')).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  const pattern = (data: JsonObject): ContentPattern | undefined =>
    ContentPattern.of(JSON.stringify(data), data);

  it('are told from all others', () => {
    const known = pattern(part({ content: 'a' }));
    const sent = (delta: JsonObject, more: JsonObject = {}): string => JSON.stringify(part(delta, 0, more));
    expect(known?.pieceOf(sent({ content: 'any words' }))).toBe('any words');
    expect(known?.pieceOf(sent({ content: '' }))).toBe('');
    for (const other of [
      ...[sent({ content: 'a "quote"' }), sent({ content: '\\' }), sent({ content: 'a', role: 'assistant' })],
      ...[sent({ content: 'a' }, { id: 'c2' }), sent({}), '[DONE]', '{"choices":[]}'],
      sent({ content: 'a' }).replace('a"', 'a","refusal":"b"'),
    ])
      expect(known?.pieceOf(other)).toBeUndefined();
  });

  it('are none where something else is said, or the content stands elsewhere too', () => {
    expect(pattern(part({ content: 'a', reasoning: 'b' }))).toBeUndefined();
    expect(pattern(part({ content: 'a' }, 0, { usage: {} }))).toBeUndefined();
    expect(
      pattern({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] }),
    ).toBeUndefined();
    expect(pattern({ content: 'a', choices: part({ content: 'a' }).choices ?? null })).toBeUndefined();
  });
});
