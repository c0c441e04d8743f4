import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import type { FuzzOutcome } from './answer-fuzz.js';
import { anyValue, type PlantedValue } from './people.js';
import { Random } from './random.js';
import { ShieldFixture } from './shield-fixture.js';

const WORDS =
  'please write to about and then the for with regards, again: today (soon) thanks! ok? item'.split(' ');

/** A sentence that holds some of the values, as whole words. */
function sentence(random: Random, planted: readonly PlantedValue[]): string {
  const words = Array.from({ length: 2 + random.below(8) }, () =>
    random.chance(0.3) ? random.pick(planted).text : random.pick(WORDS),
  );
  return words.join(' ');
}

/** JSON as one program or another writes it: with escapes of its own, or none. */
function spelled(random: Random, value: JsonValue): string {
  const text = JSON.stringify(value, null, random.pick([0, 1, 2]));
  if (!random.chance(0.4)) return text;
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (string) =>
    string.replaceAll(/\\.|[A-Za-z@ö]/g, (unit) =>
      unit.length === 1 && random.chance(0.1) ? escapedUnit(unit) : unit,
    ),
  );
}

const escapedUnit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value of any shape with sentences for its texts. */
function anyJson(random: Random, planted: readonly PlantedValue[], depth = 0): JsonValue {
  const choice = random.next();
  if (depth > 3 || choice < 0.4) return sentence(random, planted);
  if (choice < 0.5) return random.pick([null, true, 12, 3.5]);
  if (choice < 0.6) return spelledSafely(random, planted, depth);
  const items = Array.from({ length: 1 + random.below(3) }, () => anyJson(random, planted, depth + 1));
  if (choice < 0.75) return items;
  return Object.fromEntries(
    items.map((item, index) => [random.chance(0.2) ? random.pick(planted).text : `field_${index}`, item]),
  );
}

const spelledSafely = (random: Random, planted: readonly PlantedValue[], depth: number): string =>
  JSON.stringify({ inner: anyJson(random, planted, depth + 1) });

function message(random: Random, planted: readonly PlantedValue[], call: number): JsonObject[] {
  const text = (): string => sentence(random, planted);
  const makers: (() => JsonObject[])[] = [
    () => [{ role: 'user', content: text() }],
    () => [
      {
        role: 'user',
        content: [
          { type: 'text', text: text() },
          { type: 'text', text: text() },
        ],
      },
    ],
    () => [
      {
        role: 'assistant',
        content: random.chance(0.5) ? text() : null,
        tool_calls: [
          {
            id: `call_${call}`,
            type: 'function',
            function: { name: 'write', arguments: spelled(random, { to: anyJson(random, planted) }) },
          },
        ],
      },
      { role: 'tool', tool_call_id: `call_${call}`, content: spelled(random, [anyJson(random, planted)]) },
    ],
  ];
  return random.pick(makers)();
}

function request(random: Random, planted: readonly PlantedValue[]): JsonObject {
  const messages = Array.from({ length: 1 + random.below(5) }, (_, call) =>
    message(random, planted, call),
  ).flat();
  const name = random.pick(planted).text.replaceAll(' ', '_');
  return {
    model: 'gpt-4o-2024-08-06',
    messages: [{ role: 'system', content: sentence(random, planted) }, ...messages],
    ...(random.chance(0.3) && {
      tools: [
        {
          type: 'function',
          function: {
            name: 'write',
            description: sentence(random, planted),
            parameters: {
              type: 'object',
              properties: { [name]: { type: 'string', default: sentence(random, planted) } },
            },
          },
        },
      ],
    }),
    ...(random.chance(0.3) && {
      user: random.pick(planted).text,
      metadata: { chat_id: 'a', note: sentence(random, planted) },
    }),
    ...(random.chance(0.2) && { vendor_field: anyJson(random, planted) }),
  };
}

/** Every text of a value, read through JSON in texts as well. */
function* textsOf(value: JsonValue): Generator<string> {
  if (typeof value === 'string') {
    yield value;
    if (/^\s*[[{]/.test(value)) yield* textsOf(JSON.parse(value) as JsonValue);
  } else if (Array.isArray(value)) for (const item of value) yield* textsOf(item);
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) {
      yield name;
      yield* textsOf(member);
    }
  else yield String(value);
}

/** What a request is, spelled in one way. */
function plain(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return /^\s*[[{]/.test(value) ? { nested: plain(JSON.parse(value) as JsonValue) } : value;
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** Shields random requests: none of the values planted may be in what leaves, and an echo of it is the request again. */
export async function fuzzRequests(requests: number, seed: number): Promise<FuzzOutcome[]> {
  const random = new Random(seed);
  const fixture = new ShieldFixture();
  const outcome = {
    kind: 'requests',
    answers: requests,
    restored: 0,
    unresolved: 0,
    violations: [] as string[],
  };
  for (let at = 0; at < requests; at++) {
    const planted = Array.from({ length: 1 + random.below(5) }, () => anyValue(random));
    const body = request(random, planted);
    const { body: sent, restorer } = await fixture.shielded(body);
    const leaving = [...textsOf(sent)].join('\n');
    for (const { text } of planted)
      if (leaving.includes(text)) outcome.violations.push(JSON.stringify({ text, body, sent }));
    const one = restorer();
    const echo = one.restoreAnswer({ choices: [{ index: 0, message: { content: JSON.stringify(sent) } }] });
    const [{ message: back }] = echo.choices as unknown as [{ message: { content: string } }];
    const { user: _, metadata: __, ...expected } = body;
    const { user: ___, metadata: ____, ...read } = JSON.parse(back.content) as JsonObject;
    if (JSON.stringify(plain(read)) !== JSON.stringify(plain(expected)))
      outcome.violations.push(JSON.stringify({ expected, read }));
    outcome.restored += one.restored;
    outcome.unresolved += one.unresolved.length;
  }
  return [outcome];
}
