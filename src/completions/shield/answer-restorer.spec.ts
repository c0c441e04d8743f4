import fc from 'fast-check';
import type { JsonObject } from '../json.js';
import { AnswerRestorer } from './answer-restorer.js';
import type { Resolution } from './conversation.js';
import { RestorableTokens } from './restorable-tokens.js';

const CODE = '7K3M9P2Q4R6S8TVW';
const TOKEN = `PERSON_NAME-${CODE}`;
const MAIL = 'EMAIL-0123456789ABCDEF';
const QUOTED = 'LITERAL-QQQQ0000RRRR1111';
const NAME = 'John Smith';
const ADDRESS = 'john@example.com';
const TRICKY = 'a "quoted"\\\n\u2028 👩🏽 text';

const KNOWN = new RestorableTokens(
  new Map<string, Resolution>([
    [CODE, { type: 'PERSON_NAME', text: NAME }],
    [`${CODE}ABC0`, { type: 'PERSON_NAME', text: 'Ada Lovelace' }],
    ['0123456789ABCDEF', { type: 'EMAIL', text: ADDRESS }],
    ['QQQQ0000RRRR1111', { type: 'LITERAL', text: TRICKY }],
    ['ERASED0ERASED000', { type: 'EMAIL', text: undefined }],
  ]),
);

const restorer = (wantsJson = false): AnswerRestorer => new AnswerRestorer(KNOWN, wantsJson);

const chunkOf = (delta: JsonObject, finish: string | null = null, index = 0): JsonObject => ({
  ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' },
  choices: [{ index, delta, finish_reason: finish }],
});

type Chunk = { choices: { index: number; delta: Record<string, unknown>; finish_reason: string | null }[] };

/** Contents of a stream as they are handed on. */
function stream(pieces: readonly string[], field = 'content', wantsJson = false) {
  const one = restorer(wantsJson);
  const parts = pieces.flatMap((piece) => one.restoreChunk(chunkOf({ [field]: piece })));
  parts.push(...one.restoreChunk(chunkOf({}, 'stop')), ...one.finish());
  const text = (parts as unknown as Chunk[])
    .map(({ choices: [choice] }) => choice?.delta[field] ?? '')
    .join('');
  return { text, parts: parts as unknown as Chunk[], one };
}

/** The same, with a text that is put into a tool's arguments. */
function toolStream(pieces: readonly string[]): string {
  const one = restorer();
  const part = (text: string, finish: string | null = null): JsonObject =>
    chunkOf({ tool_calls: [{ index: 2, function: { arguments: text } }] }, finish);
  const parts = pieces.flatMap((piece) => one.restoreChunk(part(piece)));
  parts.push(...one.restoreChunk(part('', 'tool_calls')));
  type Call = { tool_calls?: { index: number; function: { arguments: string } }[] };
  return (parts as unknown as { choices: [{ delta: Call }] }[])
    .map(({ choices: [{ delta }] }) => delta.tool_calls?.[0]?.function.arguments ?? '')
    .join('');
}

const whole = (message: JsonObject, wantsJson = false): JsonObject => {
  const answer = restorer(wantsJson).restoreAnswer({
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  });
  return (answer.choices as unknown as { message: JsonObject }[])[0]?.message ?? {};
};

/** A text cut at up to three places. */
function* cuts(text: string): Generator<string[]> {
  for (let a = 0; a <= text.length; a++)
    for (let b = a; b <= text.length; b += 5)
      for (let c = b; c <= text.length; c += 9)
        yield [text.slice(0, a), text.slice(a, b), text.slice(b, c), text.slice(c)];
}

describe('a streamed answer', () => {
  const text = `Dear ${TOKEN}, see ${MAIL.toLowerCase()}\u2060x.`;
  const expected = `Dear ${NAME}, see ${ADDRESS}x.`;

  it('is restored wherever it is cut, character by character too', () => {
    for (const pieces of cuts(text)) expect(stream(pieces).text).toBe(expected);
    expect(stream([...text]).text).toBe(expected);
    for (let at = 0; at <= text.length; at++)
      expect(stream([text.slice(0, at), text.slice(at)]).text).toBe(expected);
  });

  it('is not held back where nothing begins like a token', () => {
    const { parts } = stream(['Hello', ' world', ', here we', ' are']);
    expect(parts.map(({ choices: [choice] }) => choice?.delta.content)).toEqual([
      'Hello',
      ' world',
      ', here we',
      ' are',
      undefined,
    ]);
  });

  it('is held back no longer than it may become a token', () => {
    const one = restorer();
    const push = (content: string) =>
      (one.restoreChunk(chunkOf({ content })) as unknown as Chunk[])
        .map(({ choices: [choice] }) => choice?.delta.content)
        .join('');
    expect(push('see P')).toBe('see ');
    expect(push('ERSON')).toBe('');
    expect(push('A')).toBe('PERSONA');
    expect(push(` ${TOKEN.slice(0, -1)}`)).toBe(' ');
    expect(push('Z')).toBe(`${TOKEN.slice(0, -1)}Z`);
    expect(push(` ${TOKEN}`)).toBe(' ');
    expect(push('.')).toBe(`${NAME}.`);
  });

  it('has what was held back in a part of its own before the one that ends it', () => {
    const one = restorer();
    expect(one.restoreChunk(chunkOf({ role: 'assistant', content: '' }))).toHaveLength(1);
    expect(one.restoreChunk(chunkOf({ content: TOKEN }))).toEqual([]);
    const last = chunkOf({ content: '' }, 'stop');
    const [flushed, end] = one.restoreChunk(last);
    expect(flushed).toMatchObject({
      id: 'chatcmpl-1',
      choices: [{ delta: { content: NAME }, finish_reason: null }],
    });
    expect(end).toEqual(last);
    expect(one.finish()).toEqual([]);
    const broken = restorer();
    broken.restoreChunk(chunkOf({ content: `to ${TOKEN}` }));
    expect(broken.finish()).toMatchObject([{ choices: [{ delta: { content: NAME } }] }]);
  });

  it('keeps its choices, fields and tools apart', () => {
    const one = restorer();
    const call = (index: number, text: string) => ({
      tool_calls: [{ index, function: { arguments: text } }],
    });
    const [a, b] = [TOKEN.slice(0, 9), TOKEN.slice(9)];
    const sent: [JsonObject, number][] = [
      [{ content: a }, 0],
      [{ content: 'PERSON_NAME-' }, 1],
      [{ refusal: a }, 0],
      [call(0, `{"a":"${a}`), 0],
      [call(1, `{"b":"${a}`), 0],
      [{ content: `${b} ` }, 0],
      [call(1, `${b}"}`), 0],
      [{ content: `${CODE}!` }, 1],
      [call(0, 'X"}'), 0],
      [{ refusal: b }, 0],
    ];
    const parts = sent.flatMap(([delta, index]) => one.restoreChunk(chunkOf(delta, null, index)));
    parts.push(...one.restoreChunk(chunkOf({}, 'stop')), ...one.restoreChunk(chunkOf({}, 'stop', 1)));
    const texts = new Map<string, string>();
    for (const { choices } of parts as unknown as Chunk[])
      for (const { index, delta } of choices)
        for (const [name, value] of Object.entries(delta)) {
          const [entry] = Array.isArray(value) ? value : [];
          const key = `${index} ${name} ${entry?.index ?? ''}`;
          texts.set(key, (texts.get(key) ?? '') + (entry?.function.arguments ?? value));
        }
    expect(Object.fromEntries(texts)).toEqual({
      '0 content ': `${NAME} `,
      '1 content ': `${NAME}!`,
      '0 refusal ': NAME,
      '0 tool_calls 0': `{"a":"${a}X"}`,
      '0 tool_calls 1': `{"b":"${NAME}"}`,
    });
  });

  it('gives a tool its name before its arguments', () => {
    const one = restorer();
    const tool = (members: JsonObject) => chunkOf({ tool_calls: [{ index: 0, ...members }] });
    expect(
      one.restoreChunk(tool({ id: MAIL, type: 'function', function: { name: MAIL, arguments: '' } })),
    ).toEqual([tool({ id: ADDRESS, type: 'function', function: { name: ADDRESS, arguments: '' } })]);
    const other = restorer();
    expect(other.restoreChunk(tool({ function: { name: TOKEN } }))).toEqual([]);
    expect(other.restoreChunk(tool({ function: { arguments: '{' } }))).toMatchObject([
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: NAME } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{' } }] } }] },
    ]);
  });

  it('keeps characters of two code units whole, and takes nothing else for a token', () => {
    const all = [...`${TRICKY} 😀`].join('').split('');
    const { text: restored, parts } = stream(all);
    expect(restored).toBe(`${TRICKY} 😀`);
    for (const { choices } of parts)
      expect(String(choices[0]?.delta.content ?? '').isWellFormed()).toBe(true);
    for (const near of [
      `x${TOKEN}`,
      `${TOKEN}9`,
      `PERSON_NAME–${CODE}`,
      `ſ${TOKEN.slice(1)}`,
      'PERSON_NAME-',
    ])
      expect(stream([...near, '.']).text).toBe(`${near}.`);
    expect(stream([...`my_${TOKEN}_2`]).text).toBe(`my_${NAME}_2`);
    expect(stream([...`PERSON_NAME-${CODE}ABC0`]).text).toBe('Ada Lovelace');
  });

  it('hands on the very part where nothing changes, and changes none', () => {
    const one = restorer();
    const part = Object.freeze(chunkOf(Object.freeze({ content: 'nothing' }) as JsonObject));
    expect(one.restoreChunk(part)[0]).toBe(part);
    const usage = { choices: [], usage: { prompt_tokens: 1 } };
    expect(one.restoreChunk(usage)[0]).toBe(usage);
    const spelled = { index: 0, delta: { content: 'x' }, logprobs: { content: [] } };
    expect(one.restoreChunk({ ...chunkOf({}), choices: [spelled] })).toMatchObject([
      { choices: [{ ...spelled, logprobs: null }] },
    ]);
  });
});

describe('JSON in an answer', () => {
  const nested = (depth: number, token: string): string =>
    depth === 0 ? token : JSON.stringify({ to: nested(depth - 1, token), plain: `say ${token}.` });

  it.each([1, 2, 3, 4])('is still JSON after restoring, strings in strings too: %i', (depth) => {
    const text = nested(depth, QUOTED);
    const expected = nested(depth, TRICKY);
    expect(JSON.parse(toolStream([...text]))).toEqual(JSON.parse(expected));
    expect(JSON.parse(stream([...text]).text)).toEqual(JSON.parse(expected));
    expect(whole({ tool_calls: [{ function: { arguments: text } }] })).toEqual({
      tool_calls: [{ function: { arguments: stream([text]).text } }],
    });
  });

  it('is what begins like it, or what was asked for', () => {
    const text = `It is {"a": "${QUOTED}"}`;
    expect(whole({ content: text }).content).toBe(`It is {"a": "${TRICKY}"}`);
    expect(whole({ content: text }, true).content).toBe(`It is {"a": ${JSON.stringify(TRICKY)}}`);
    expect(whole({ content: ` [${QUOTED}, "${QUOTED}"]` }).content).toBe(
      ` [${TRICKY}, ${JSON.stringify(TRICKY)}]`,
    );
    expect(whole({ content: `"${QUOTED}"`, refusal: `{"${QUOTED}"` })).toEqual({
      content: `"${TRICKY}"`,
      refusal: `{"${TRICKY}"`,
    });
    const inText = JSON.stringify({ a: `see ${JSON.stringify({ b: QUOTED })}` });
    expect(JSON.parse(String(whole({ content: inText }).content))).toEqual({ a: `see {"b":"${TRICKY}"}` });
  });

  it('is followed through every escape', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 5 }),
        (before, after, depth) => {
          const safe = before.replaceAll(/[0-9A-Za-z]$/g, '');
          const wrap = (value: string): string => {
            let text = `{"t": ${JSON.stringify(`x${safe} ${value} ${after}`)}}`;
            for (let level = 1; level < depth; level++) text = JSON.stringify([text]);
            return text;
          };
          expect(whole({ content: wrap(QUOTED) }).content).toBe(wrap(TRICKY));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('tokens that are not the request’s', () => {
  it.each([
    [`see PERSON_NAME-${CODE.slice(0, -1)}X now`, `PERSON_NAME-${CODE.slice(0, -1)}X`, 'unknown'],
    [`see EMAIL-${CODE} now`, `EMAIL-${CODE}`, 'unknown'],
    [`see PERSON_NAME ${CODE} now`, `PERSON_NAME ${CODE}`, 'malformed'],
    [`see ${TOKEN.slice(0, -3)} now`, TOKEN.slice(0, -3), 'malformed'],
    [`see ${TOKEN.slice(0, -3)}`, TOKEN.slice(0, -3), 'malformed'],
    ['see PERSON_NAME-7K', 'PERSON_NAME-7K', 'malformed'],
    ['see EMAIL-ERASED0ERASED000', 'EMAIL-ERASED0ERASED000', 'erased'],
    ['see CREDIT_CARD-0123456789ABCDEF', 'CREDIT_CARD-0123456789ABCDEF', 'unknown'],
  ])('%s stays and is reported', (text, token, reason) => {
    for (const pieces of [[text], [...text]]) {
      const { text: left, one } = stream(pieces);
      expect([left, one.restored]).toEqual([text, 0]);
      expect(one.unresolved).toEqual([{ token, reason }]);
    }
  });

  it('are reported once each, at most a hundred, however long the answer', () => {
    const words = Array.from(
      { length: 150 },
      (_, index) => `EMAIL-${String(index).padStart(3, '0')}9P2Q4R6S8TVW0`,
    );
    const text = words.join(' and then, ').repeat(3);
    const { one, text: left } = stream(
      [...text].map((_, at) => (at % 7 === 0 ? text.slice(at, at + 7) : '')),
    );
    expect(left).toBe(text);
    expect(one.unresolved).toHaveLength(100);
  });
});

describe('a whole answer', () => {
  it('is restored in every text of its choices, and nowhere else', () => {
    const answer = {
      ...{ id: TOKEN, model: TOKEN, usage: { prompt_tokens: 1 } },
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          logprobs: { content: [{ token: 'PERS' }] },
          message: {
            ...{ role: 'assistant', content: `${TOKEN} ${MAIL}`, refusal: null, reasoning_content: TOKEN },
            annotations: [{ type: 'url_citation', url_citation: { title: TOKEN } }],
            function_call: { name: TOKEN, arguments: `{"a":"${QUOTED}"}` },
          },
        },
      ],
    };
    const copy = structuredClone(answer);
    const one = restorer();
    expect(one.restoreAnswer(answer)).toEqual({
      ...answer,
      choices: [
        {
          ...{ index: 0, finish_reason: 'stop', logprobs: null },
          message: {
            ...{ role: 'assistant', content: `${NAME} ${ADDRESS}`, refusal: null, reasoning_content: NAME },
            annotations: [{ type: 'url_citation', url_citation: { title: NAME } }],
            function_call: { name: NAME, arguments: `{"a":${JSON.stringify(TRICKY)}}` },
          },
        },
      ],
    });
    expect(one.restored).toBe(6);
    expect(answer).toEqual(copy);
  });

  it('is left alone where a request had no tokens', () => {
    const idle = new AnswerRestorer(new RestorableTokens(new Map()), false);
    const answer = { choices: [{ index: 0, message: { content: TOKEN }, logprobs: { content: [] } }] };
    expect(idle.isIdle).toBe(true);
    expect(idle.restoreAnswer(answer)).toBe(answer);
    expect(restorer().isIdle).toBe(false);
  });
});
