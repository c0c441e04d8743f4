import fc from 'fast-check';
import type { JsonObject } from '../json.js';
import { AnswerRestorer } from '../shield/answer-restorer.js';
import { RestorableTokens } from '../shield/restorable-tokens.js';
import { type CalledTools, calledTools } from './called-tools.js';
import { OfferedTools } from './offered-tools.js';
import { RoundStream } from './round-stream.js';
import type { ServerFunction } from './server-tools.js';
import { SummedAnswer } from './summed-answer.js';

const TOKEN = 'PERSON_NAME-7K3M9P2Q4R6S8TVW';
const RESTORER = new AnswerRestorer(
  new RestorableTokens(new Map([['7K3M9P2Q4R6S8TVW', { type: 'PERSON_NAME', text: 'John "J" Smith' }]])),
  false,
);

const served = (name: string, receives: ServerFunction['receives'] = 'tokens'): ServerFunction => ({
  ...{ toolId: 'tool_1', name, receives, definition: { type: 'function', function: { name } } },
  run: () => Promise.reject(new Error('is not called here')),
});
const CLIENTS = { tools: [{ type: 'function', function: { name: 'other' } }] };
const OFFERED = OfferedTools.in(CLIENTS, [served('look'), served('send', 'values')]);

const part = (delta: JsonObject, finish: string | null = null, more: JsonObject = {}): JsonObject => ({
  ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
  ...{ choices: [{ index: 0, delta, finish_reason: finish }] },
  ...more,
});
const call = (index: number, name: string, given = '{}'): JsonObject[] => [
  part({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }] }),
  ...[...given].map((piece) => part({ tool_calls: [{ index, function: { arguments: piece } }] })),
];
const usage = (total: number): JsonObject => ({
  ...part({}),
  choices: [],
  usage: { prompt_tokens: total - 1, completion_tokens: 1, total_tokens: total },
});

interface Passed {
  readonly chunks: readonly JsonObject[];
  readonly called: CalledTools | undefined;
  readonly isDone: boolean;
}

/** What comes out of a stream that is cut after that many bytes each. */
async function passed(
  events: readonly (JsonObject | '[DONE]')[],
  cut = 7,
  summed = new SummedAnswer(),
): Promise<Passed> {
  const text = events
    .map((event) => `data: ${event === '[DONE]' ? event : JSON.stringify(event)}\n\n`)
    .join('');
  async function* body(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  }
  const round = new RoundStream((asking) => calledTools(asking, OFFERED, RESTORER), summed);
  let written = '';
  for await (const bytes of round.pass(body())) written += Buffer.from(bytes).toString();
  const lines = written
    .split('\n\n')
    .slice(0, -1)
    .map((event) => event.slice('data: '.length));
  return {
    chunks: lines.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line)),
    called: round.called,
    isDone: lines.at(-1) === '[DONE]',
  };
}

const contentOf = (chunks: readonly JsonObject[]): string =>
  chunks
    .map(({ choices }) => (choices as { delta: { content?: string } }[])[0]?.delta.content ?? '')
    .join('');

describe('a round of a stream', () => {
  const own = fc.constantFrom('look', 'send', 'other');
  const given = fc.constantFrom('{}', '{"a":1}', '');

  it('says what is said, and hands calls on whole or not at all, however it is cut and ordered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
        fc.array(fc.tuple(own, given), { maxLength: 3 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async (texts, calls, isMixed, cut) => {
          const said = texts.map((content) => part({ content }));
          const asked = calls.flatMap(([name, text], index) => call(index, name, text));
          const body = isMixed ? [...asked, ...said] : [...said, ...asked];
          const end = part({}, calls.length > 0 ? 'tool_calls' : 'stop');
          const out = await passed([part({ role: 'assistant' }), ...body, end, usage(5), '[DONE]'], cut);
          expect(contentOf(out.chunks)).toBe(texts.join(''));
          expect(out.isDone).toBe(true);
          const isServed = calls.length > 0 && calls.every(([name]) => name !== 'other');
          expect(out.called?.calls.map(({ called }) => called.name)).toEqual(
            isServed ? calls.map(([name]) => name) : undefined,
          );
          const handed = out.chunks.filter((chunk) => JSON.stringify(chunk).includes('tool_calls'));
          expect(handed).toEqual(isServed || calls.length === 0 ? [] : [...asked, end]);
          expect(out.chunks.filter((chunk) => chunk.usage).length).toBe(isServed ? 0 : 1);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('hands nothing on of a call that breaks off', async () => {
    const out = await passed([part({ content: 'a' }), ...call(0, 'look')]);
    expect([contentOf(out.chunks), out.chunks.length, out.isDone, out.called]).toEqual([
      'a',
      1,
      false,
      undefined,
    ]);
  });

  it('goes on as the one answer that was begun', async () => {
    const summed = new SummedAnswer();
    const first = await passed(
      [part({ content: 'a' }), ...call(0, 'look'), part({}, 'tool_calls'), usage(5), '[DONE]'],
      9,
      summed,
    );
    expect(first.called).toBeDefined();
    summed.next('a');
    const later = part({ role: 'assistant', content: '' }, null, { id: 'd', created: 2 });
    const second = await passed(
      [later, part({ content: 'b' }), part({ content: 'c' }), part({}, 'stop'), usage(7), '[DONE]'],
      9,
      summed,
    );
    expect(contentOf(second.chunks)).toBe('\n\nbc');
    expect(second.chunks.every(({ id, created }) => id === 'c' && created === 1)).toBe(true);
    expect(JSON.stringify(second.chunks)).not.toContain('role');
    expect(second.chunks.at(-1)?.usage).toEqual({
      prompt_tokens: 10,
      completion_tokens: 2,
      total_tokens: 12,
    });
  });
});

describe('called tools', () => {
  const asking = (...calls: [id: string, name: string, given: string][]) => ({
    content: `for ${TOKEN}`,
    toolCalls: calls.map(([id, name, text]) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  });

  it('get tokens or values as they are to, and the conversation goes on with values', () => {
    const text = `{"to":"${TOKEN}"}`;
    const called = calledTools(asking(['1', 'look', text], ['2', 'send', text]), OFFERED, RESTORER);
    expect(called?.calls.map(({ given }) => JSON.parse(given).to)).toEqual([TOKEN, 'John "J" Smith']);
    expect(called?.message).toMatchObject({ role: 'assistant', content: 'for John "J" Smith' });
    expect(JSON.stringify(called?.message)).not.toContain(TOKEN);
  });

  it('have ids of their own', () => {
    const called = calledTools(
      asking(['', 'look', ''], ['a', 'look', ''], ['a', 'look', '']),
      OFFERED,
      RESTORER,
    );
    expect(new Set(called?.calls.map(({ id }) => id)).size).toBe(3);
  });
});

describe('offered tools', () => {
  const tool = (name: string): JsonObject => ({ type: 'function', function: { name } });

  it('are refused where names clash, there are too many, or several answers are wanted', () => {
    const refused = (body: JsonObject, functions: readonly ServerFunction[]): unknown => {
      try {
        OfferedTools.in(body, functions);
      } catch (error) {
        return (error as { details?: unknown }).details;
      }
      return undefined;
    };
    const look = [served('look')];
    expect(refused({ tools: [tool('a'), tool('look')] }, look)).toEqual({
      field: 'tools[1].function.name',
      constraint: 'unique',
    });
    expect(refused({}, [...look, ...look])).toEqual({ field: 'tool_ids', constraint: 'unique' });
    expect(refused({ tools: Array(128).fill(tool('a')) }, look)).toEqual({
      field: 'tool_ids',
      constraint: 'maxItems',
    });
    expect(refused({ n: 2 }, look)).toEqual({ field: 'n', constraint: 'maximum' });
    expect(OfferedTools.in({ tools: [tool('a')] }, look).offer({ tools: [tool('a')] }).tools).toHaveLength(2);
  });
});
