import { AppError } from '../../platform/errors/app-error.js';
import type { JsonObject } from '../json.js';
import type { AnswerRestorer } from '../shield/answer-restorer.js';
import { StreamRelay } from './stream-relay.js';

const chunk = (content: string, finish: string | null = null) => ({
  id: 'c1',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const event = (data: object | string): string =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

async function* bytesOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Passes everything on; what matters here is what goes around it. */
const idle = { isIdle: true, restored: 0, unresolved: [], finish: () => [] } as unknown as AnswerRestorer;

/** Holds everything back until the end. */
class Holding {
  readonly isIdle = false;
  private held: JsonObject[] = [];
  restoreChunk(part: JsonObject): JsonObject[] {
    this.held.push(part);
    return [];
  }
  restoreContent(_: number, piece: string): string {
    this.held.push(chunk(piece));
    return '';
  }
  finish(): JsonObject[] {
    return this.held.splice(0);
  }
}

async function relayed(texts: readonly string[], restorer = idle, wantsUsage = false) {
  const relay = new StreamRelay(restorer, wantsUsage);
  const written: string[] = [];
  let code: unknown;
  try {
    for await (const text of relay.relay(bytesOf(...texts))) written.push(text);
  } catch (error) {
    code = error instanceof AppError ? error.code : error;
  }
  return { written, code, relay };
}

describe('StreamRelay', () => {
  it('hands on what came in one go in one go, and ends at the end', async () => {
    const first = event(chunk('a')) + event(chunk('b'));
    const { written, code, relay } = await relayed([
      first,
      event(chunk('', 'stop')) + event('[DONE]'),
      'data: {',
    ]);
    expect(written).toEqual([first, event(chunk('', 'stop'))]);
    expect(code).toBeUndefined();
    expect(relay.outcome).toMatchObject({ finishReasons: ['stop'], completionId: 'c1' });
    expect(relay.outcome.answer?.bytes).toBe(Buffer.byteLength(written.join('')));
  });

  it('hands on the first words before it looks at many that came with them, whatever becomes of these', async () => {
    const words = Array.from({ length: 40 }, (_, index) => event(chunk(`${index} `)));
    const role = event({ id: 'c1', choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] });
    const { written, code } = await relayed([[role, ...words, event('[]')].join('')]);
    expect([written, code]).toEqual([[role + words[0], words.slice(1).join('')], 'UPSTREAM_MALFORMED']);
    const relay = new StreamRelay(idle, false);
    const parts = relay.relay(bytesOf([role, ...words, event(chunk('', 'stop'))].join('')));
    await parts.next();
    let hasTurned = false;
    setImmediate(() => {
      hasTurned = true;
    });
    await parts.next();
    expect(hasTurned).toBe(true);
  });

  it('keeps the usage to itself where nobody has asked for it', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const texts = [event(chunk('a', 'stop')), event({ choices: [], usage }), event('[DONE]')];
    expect((await relayed(texts)).written).toEqual(texts.slice(0, 1));
    const { written, relay } = await relayed(texts, idle, true);
    expect(written).toEqual(texts.slice(0, 2));
    expect(relay.outcome.usage).toEqual(usage);
  });

  it('takes a stream whose last choice has ended for whole without [DONE], and no other', async () => {
    expect((await relayed([event(chunk('a', 'stop'))])).code).toBeUndefined();
    expect((await relayed([event(chunk('a'))])).code).toBe('UPSTREAM_CUT');
    expect((await relayed([])).code).toBe('UPSTREAM_CUT');
  });

  it.each([
    ['{"choices":', 'UPSTREAM_MALFORMED'],
    ['[]', 'UPSTREAM_MALFORMED'],
    ['null', 'UPSTREAM_MALFORMED'],
    ['{"id":"x"}', 'UPSTREAM_MALFORMED'],
    ['{"error":{"message":"boom"}}', 'UPSTREAM_CUT'],
  ])('hands on what came before %j, and nothing of it', async (data, code) => {
    const result = await relayed([event(chunk('a')) + event(data) + event(chunk('b'))]);
    expect(result).toMatchObject({ written: [event(chunk('a'))], code });
  });

  it('has what was held back at hand when the stream breaks off', async () => {
    const holding = new Holding() as unknown as AnswerRestorer;
    const { written, code, relay } = await relayed([event(chunk('PERSON_NA'))], holding);
    expect([written, code]).toEqual([[], 'UPSTREAM_CUT']);
    expect(relay.rest()).toBe(event(chunk('PERSON_NA')));
    expect(relay.rest()).toBe('');
  });
});
