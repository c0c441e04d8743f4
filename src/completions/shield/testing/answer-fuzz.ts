import { TokenForm } from '../../../redaction/index.js';
import type { JsonObject } from '../../json.js';
import { AnswerRestorer } from '../answer-restorer.js';
import type { Resolution } from '../conversation.js';
import { PassingConversation } from '../passing-conversation.js';
import { RestorableTokens } from '../restorable-tokens.js';
import { anyValue, trickyValue } from './people.js';
import { Random } from './random.js';

/** Tokens of one request, and the values they stand for. */
interface World {
  readonly tokens: readonly { readonly token: string; readonly value: string }[];
  readonly restorable: RestorableTokens;
}

/** A text as a model writes it, and as the client has to read it. */
interface Written {
  readonly sent: string;
  readonly expected: string;
}

/** What became of some random answers. */
export interface FuzzOutcome {
  readonly kind: string;
  readonly answers: number;
  readonly restored: number;
  readonly unresolved: number;
  readonly violations: readonly string[];
}

const WORDS =
  'and the Pattern EMAILS person SSN- CREDIT_ PHONE_ a-b Dear, é 😀 "x" \\ PERSON PERSON_NAME see_ [1] {2} 7K3M9P2Q4R6S8TVX'.split(
    ' ',
  );
const SEPARATORS = [' ', ', ', '\n', '. ', ' — ', '; '];

/** What a model could write of its own, with characters that count in JSON. */
const ordinary = (random: Random): string => `${random.pick(WORDS)}${random.pick(SEPARATORS)}`;

async function newWorld(random: Random): Promise<World> {
  const values = Array.from({ length: 1 + random.below(8) }, () =>
    random.chance(0.3) ? trickyValue(random) : anyValue(random),
  );
  const made = await new PassingConversation().tokens(values);
  const resolutions = new Map<string, Resolution>();
  const tokens = values.map((value) => {
    const token = made.of(value);
    resolutions.set(TokenForm.parseToken(token)?.code ?? '', value);
    return { token, value: value.text };
  });
  return { tokens, restorable: new RestorableTokens(resolutions) };
}

/** A token as models spell it; what they change beyond its case must not come back. */
function rewritten(random: Random, token: string): string {
  const at = 1 + random.below(token.length - 2);
  return random.pick([
    () => token.slice(0, -1 - random.below(9)),
    () => token.replace('-', random.pick(['–', '_', ' ', '', '--'])),
    () => `${token}${random.pick(['0', 'A', 'z'])}`,
    () => `x${token}`,
    () => `${token.slice(0, at)}${random.pick([' ', '*', '\u200b', '-'])}${token.slice(at)}`,
    () => token.replace(/.$/, (last) => (last === 'X' ? 'Y' : 'X')),
  ])();
}

/** A piece of an answer: ordinary text, a token of the request's, one of another's, or what resembles one. */
function piece(random: Random, own: World, foreign: World): Written {
  const choice = random.next();
  const separator = random.pick(SEPARATORS);
  if (choice < 0.45) {
    const { token, value } = random.pick(own.tokens);
    const spelled = random.chance(0.2) ? token.toLowerCase() : token;
    const joined = random.chance(0.1);
    const glue = joined ? TokenForm.JOINER : '';
    const [before, after] = joined ? ['x', 'y'] : ['', ''];
    return {
      sent: `${before}${glue}${spelled}${glue}${after}${separator}`,
      expected: `${before}${value}${after}${separator}`,
    };
  }
  const text =
    choice < 0.55
      ? random.pick(foreign.tokens).token
      : choice < 0.7
        ? rewritten(random, random.pick(own.tokens).token)
        : ordinary(random);
  return { sent: `${text}${separator}`, expected: `${text}${separator}` };
}

function textOf(random: Random, own: World, foreign: World): Written {
  const pieces = Array.from({ length: random.below(7) }, () => piece(random, own, foreign));
  return {
    sent: pieces.map(({ sent }) => sent).join(''),
    expected: pieces.map(({ expected }) => expected).join(''),
  };
}

/** The same as JSON, strings in strings; a text within begins so that it is none. */
function jsonOf(random: Random, own: World, foreign: World, depth = 0): Written {
  const members = Array.from({ length: 1 + random.below(2) }, (_, index): [string, Written] => {
    const inner =
      depth < 3 && random.chance(0.25)
        ? jsonOf(random, own, foreign, depth + 1)
        : prefixed('~', textOf(random, own, foreign));
    return [`${index}`, inner];
  });
  const of = (key: keyof Written): string =>
    JSON.stringify(Object.fromEntries(members.map(([name, written]) => [name, written[key]])));
  return { sent: of('sent'), expected: of('expected') };
}

const prefixed = (prefix: string, { sent, expected }: Written): Written => ({
  sent: prefix + sent,
  expected: prefix + expected,
});

/** Growing texts of one answer, by where they stand. */
type Texts = ReadonlyMap<string, Written>;

const deltaOf = (place: string, text: string): JsonObject => {
  const [kind = '', tool = ''] = place.split(' ').slice(1);
  if (kind !== 'tool') return { [kind]: text };
  return { tool_calls: [{ index: Number(tool), function: { arguments: text } }] };
};

const chunkOf = (place: string, delta: JsonObject, finish: string | null = null): JsonObject => ({
  ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
  choices: [{ index: Number(place.split(' ')[0]), delta, finish_reason: finish }],
});

/** What a client makes of a stream: each text put together. */
function assembled(parts: readonly JsonObject[]): Map<string, string> {
  const texts = new Map<string, string>();
  const add = (place: string, text: unknown): void => {
    texts.set(place, (texts.get(place) ?? '') + String(text));
  };
  for (const part of parts) {
    type Choice = { index: number; delta: Record<string, unknown> };
    for (const { index, delta } of part.choices as unknown as Choice[])
      for (const [name, value] of Object.entries(delta)) {
        if (!Array.isArray(value)) add(`${index} ${name}`, value);
        else for (const call of value) add(`${index} tool ${call.index}`, call.function.arguments);
      }
  }
  return texts;
}

/** Sends texts interleaved, cut anywhere, as an upstream would; returns what is handed on. */
function stream(random: Random, texts: Texts, restorer: AnswerRestorer): JsonObject[] {
  const waiting = [...texts].map(([place, { sent }]) => ({ place, pieces: random.cut(sent) }));
  const parts: JsonObject[] = [];
  while (waiting.length > 0) {
    const at = random.below(waiting.length);
    const next = waiting[at];
    const text = next?.pieces.shift();
    if (next && text !== undefined)
      parts.push(...restorer.restoreChunk(chunkOf(next.place, deltaOf(next.place, text))));
    else waiting.splice(at, 1);
  }
  const ended = random.chance(0.9)
    ? new Set([...texts.keys()].map((place) => place.split(' ')[0] ?? ''))
    : [];
  for (const index of ended) parts.push(...restorer.restoreChunk(chunkOf(index, {}, 'stop')));
  parts.push(...restorer.finish());
  return parts;
}

const KINDS: Readonly<Record<string, (random: Random, own: World, foreign: World) => Texts>> = {
  text: (random, own, foreign) => new Map([['0 content', prefixed('~', textOf(random, own, foreign))]]),
  JSON: (random, own, foreign) => new Map([['0 content', jsonOf(random, own, foreign)]]),
  'tool arguments': (random, own, foreign) => new Map([['0 tool 0', jsonOf(random, own, foreign)]]),
  'all at once': (random, own, foreign) =>
    new Map([
      ['0 content', prefixed('~', textOf(random, own, foreign))],
      ['0 refusal', textOf(random, own, foreign)],
      ['1 content', jsonOf(random, own, foreign)],
      ['1 tool 0', jsonOf(random, own, foreign)],
      ['1 tool 3', jsonOf(random, own, foreign)],
    ]),
};

/** The very same in one piece. */
function wholeOf(texts: Texts, restorer: AnswerRestorer): Map<string, string> {
  const choices = [...texts].map(([place, { sent }]) => ({ index: 0, message: deltaOf(place, sent) }));
  const { choices: restored } = restorer.restoreAnswer({ choices });
  type Choice = { message: JsonObject };
  const parts = (restored as unknown as Choice[]).map(({ message }, at) =>
    chunkOf([...texts.keys()][at] ?? '', message),
  );
  return assembled(parts);
}

/** Restores random answers and compares every text with what it has to be. */
export async function fuzzAnswers(answers: number, seed: number): Promise<FuzzOutcome[]> {
  const random = new Random(seed);
  const worlds: World[] = [];
  for (let made = 0; made < 200; made++) worlds.push(await newWorld(random));
  return Object.entries(KINDS).map(([kind, write]) => {
    const outcome = {
      kind,
      answers: Math.ceil(answers / 4),
      restored: 0,
      unresolved: 0,
      violations: [] as string[],
    };
    for (let at = 0; at < outcome.answers; at++) {
      const own = random.pick(worlds);
      const others = worlds.filter((world) => world !== own);
      const texts = write(random, own, random.pick(others));
      const [streaming, whole] = [
        new AnswerRestorer(own.restorable, false),
        new AnswerRestorer(own.restorable, false),
      ];
      for (const read of [assembled(stream(random, texts, streaming)), wholeOf(texts, whole)])
        for (const [place, { sent, expected }] of texts)
          if ((read.get(place) ?? '') !== expected)
            outcome.violations.push(JSON.stringify({ place, sent, expected, read: read.get(place) }));
      if (streaming.restored !== whole.restored) outcome.violations.push('counts differ');
      outcome.restored += streaming.restored;
      outcome.unresolved += streaming.unresolved.length;
    }
    return outcome;
  });
}
