import { AppError } from '../../platform/errors/app-error.js';
import type { BuiltInAnswer } from '../built-in-model.js';
import type { JsonObject, JsonValue } from '../json.js';
import { NOTHING_FOUND } from './composition.js';
import { LocalExtractive } from './local-extractive.js';

const model = new LocalExtractive();
const never = (): AbortSignal => new AbortController().signal;

const PADS =
  'The brake pads BP1087 fit the Honda Civic of 2019. They come in sets of four. We 😀 guarantee them for two years.';
const asked = (question: JsonValue, ...before: JsonObject[]): JsonObject[] => [
  ...before,
  { role: 'user', content: question },
];
const system = (content: JsonValue): JsonObject => ({ role: 'system', content });
const answer = (messages: JsonValue, more: JsonObject = {}): Promise<BuiltInAnswer> =>
  model.answer({ model: 'local-extractive', messages, ...more }, never);
const textOf = ({ pieces }: BuiltInAnswer): string => pieces.join('');

const FIT = 'What brake pads fit a 2019 Honda Civic?';
const WARRANTY = 'How long do you guarantee the pads?';

/** What a citation says stands where it says, word for word, and the answer is made of citations alone. */
function checkGrounds(messages: readonly JsonObject[], given: BuiltInAnswer): void {
  let rest = textOf(given);
  for (const { message, part, start, end, text } of given.citations) {
    const content = messages[message]?.content;
    const source = Array.isArray(content) ? (content[part ?? -1] as JsonObject).text : content;
    expect([...String(source)].slice(start, end).join('')).toBe(text);
    expect(rest.startsWith(text)).toBe(true);
    rest = rest.slice(text.length).trimStart();
  }
  expect(rest).toBe('');
}

describe('local-extractive', () => {
  it('answers with a sentence of what it was given, and says where it stands', async () => {
    const messages = asked(FIT, system(PADS));
    const given = await answer(messages);
    expect(textOf(given)).toBe('The brake pads BP1087 fit the Honda Civic of 2019.');
    expect(given.citations).toEqual([{ message: 0, start: 0, end: 50, text: textOf(given), score: 1 }]);
    expect(given.finishReason).toBe('stop');
    expect(given.usage).toEqual({ prompt_tokens: 35, completion_tokens: 11, total_tokens: 46 });
    checkGrounds(messages, await answer(asked(WARRANTY, system(PADS))));
  });

  it('says so when it finds nothing, and quotes nothing then', async () => {
    for (const messages of [
      asked('Who won the cup in 1974?', system(PADS)),
      asked('Hello!'),
      asked(''),
      asked('What is the capital of France?'),
      [system(PADS)],
      asked('What can you do?', system('You are a helpful assistant. Answer briefly.')),
    ]) {
      const given = await answer(messages);
      expect([textOf(given), given.citations, given.finishReason]).toEqual([NOTHING_FOUND, [], 'stop']);
    }
  });

  it('quotes tools, files of parts and the user, but not itself, questions or instructions', async () => {
    const messages = asked(
      [{ type: 'text', text: 'And how long do you guarantee the brake pads?' }],
      system('You must always talk about the brake pads that we guarantee.'),
      { role: 'user', content: 'How long do you guarantee the brake pads?' },
      { role: 'assistant', content: 'We guarantee the brake pads for ninety years.' },
      {
        role: 'tool',
        tool_call_id: 'a',
        content: [
          { type: 'text', text: 'Nothing.' },
          { type: 'text', text: PADS },
        ],
      },
      { role: 'user', content: 'My order number is 4711.' },
      { role: 'assistant', content: null },
    );
    const given = await answer(messages);
    expect(given.citations).toEqual([
      expect.objectContaining({ message: 3, part: 1, text: 'We 😀 guarantee them for two years.' }),
    ]);
    checkGrounds(messages, given);
    const own = await answer(asked('What is my order number?', ...messages.slice(0, -1)));
    expect(textOf(own)).toBe('My order number is 4711.');
  });

  it('takes a last message that holds the text and the question', async () => {
    for (const content of [
      `${PADS}\n\n${FIT}`,
      `${FIT}\n\n${PADS}`,
      `${PADS}\nTell me which brake pads fit a Honda Civic.`,
    ]) {
      const messages = asked(content);
      const given = await answer(messages);
      expect(textOf(given)).toBe('The brake pads BP1087 fit the Honda Civic of 2019.');
      checkGrounds(messages, given);
    }
  });

  it('answers two questions at once, in reading order, and a question that refers to the one before', async () => {
    const both = await answer(asked(`${WARRANTY} And ${FIT.toLowerCase()}`, system(PADS)));
    expect(textOf(both)).toBe(
      'The brake pads BP1087 fit the Honda Civic of 2019. We 😀 guarantee them for two years.',
    );
    const follow = await answer(
      asked('And how many of them are in a set?', system(`${PADS} A tool set has nine tools.`), {
        role: 'user',
        content: FIT,
      }),
    );
    const best = follow.citations.find(({ score }) => score === 1);
    expect(best?.text).toBe('They come in sets of four.');
  });

  it('is cut by "stop" and by the limit of tokens, and its citations with it', async () => {
    const messages = asked(FIT, system(PADS));
    for (const [more, text, finishReason] of [
      [{ max_tokens: 4 }, 'The brake pads BP1087', 'length'],
      [{ max_tokens: 2, max_completion_tokens: 3 }, 'The brake pads', 'length'],
      [{ max_tokens: 11 }, 'The brake pads BP1087 fit the Honda Civic of 2019.', 'stop'],
      [{ stop: ' fit' }, 'The brake pads BP1087', 'stop'],
      [{ stop: ['Honda', 'brake'], max_tokens: 2 }, 'The ', 'stop'],
      [{ stop: 'The' }, '', 'stop'],
    ] as [JsonObject, string, string][]) {
      const given = await answer(messages, more);
      expect([textOf(given), given.finishReason]).toEqual([text, finishReason]);
      expect(given.citations.map((citation) => citation.text).join('')).toBe(text);
      checkGrounds(messages, given);
    }
  });

  it('comes in pieces of a few words that are the whole', async () => {
    const { pieces } = await answer(asked(FIT, system(PADS)));
    expect(pieces).toEqual(['The brake pads BP1087 fit ', 'the Honda Civic of 2019.']);
  });

  it.each([
    ['tools', { tools: [{}] }],
    ['functions', { functions: [{}] }],
    ['tool_choice', { tool_choice: 'required' }],
    ['tool_choice', { tool_choice: { type: 'function' } }],
    ['response_format', { response_format: { type: 'json_schema' } }],
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['audio', { audio: {} }],
    ['prediction', { prediction: {} }],
    ['messages[1].content[1]', { messages: asked([{ type: 'text' }, { type: 'image_url' }], system('a')) }],
  ])('refuses %s by name', async (field, more: object) => {
    const refused = answer(asked(FIT), more as JsonObject);
    await expect(refused).rejects.toThrow(AppError);
    await expect(refused).rejects.toMatchObject({ code: 'MODEL_CANNOT', details: { field } });
  });

  it('takes every other field, also those above where they ask for nothing', async () => {
    const more = {
      ...{
        tools: [],
        functions: null,
        tool_choice: 'auto',
        response_format: { type: 'text' },
        n: 1,
        logprobs: false,
      },
      ...{ modalities: ['text'], temperature: 2, seed: 7, user: 'x', reasoning_effort: 'high', unknown: {} },
    };
    expect(textOf(await answer(asked(FIT, system(PADS)), more))).toContain('BP1087');
  });

  it('reads megabytes bit by bit, and ends when the client leaves', async () => {
    const filler = 'Every wheel has its own story, and the road knows them all. '.repeat(10_000);
    const messages = asked(FIT, system(`${filler}\n\n${PADS}`));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const given = await answer(messages);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
    expect(textOf(given)).toBe('The brake pads BP1087 fit the Honda Civic of 2019.');
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(model.answer({ model: 'x', messages }, () => gone)).rejects.toThrow('gone');
  });
});

describe('any conversation', () => {
  const pieces = [
    ...[
      'The pads fit.',
      ' ',
      '\n',
      '\n\n',
      '- ',
      '# ',
      '😀',
      'Who fits the pads?',
      'It costs 3.5 €. ',
      'Dr. Ünal said "pads". ',
    ],
    ...['pads ', '東京は大きい。', '\ud800', 'price 12 EUR', 'e.g. '],
  ];

  it('is answered word for word or not at all', async () => {
    let seed = 11;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const text = (): string => Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('');
    let quoted = 0;
    for (let round = 0; round < 200; round++) {
      const messages: JsonObject[] = Array.from({ length: 1 + next(4) }, () => ({
        role: ['system', 'user', 'tool', 'assistant'][next(4)] ?? 'user',
        content:
          next(2) === 0
            ? text()
            : [
                { type: 'text', text: text() },
                { type: 'text', text: text() },
              ],
      }));
      const given = await answer([...messages, { role: 'user', content: 'What do the pads cost?' }]);
      if (given.citations.length === 0) expect(textOf(given)).toBe(NOTHING_FOUND);
      else checkGrounds(messages, given);
      for (const { message } of given.citations) expect(messages[message]?.role).not.toBe('assistant');
      quoted += given.citations.length;
    }
    expect(quoted).toBeGreaterThan(25);
  });
});
