import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';
import type { AlignedText } from './aligned-text.js';
import { asBytes, GPT2_WORDS } from './byte-level.js';
import { patternOf } from './pattern.js';

/** Cuts a text into words, and may rewrite them. */
export type PreTokenizer = (text: AlignedText) => AlignedText[];

type Behavior = 'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext';

const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/gu;

/** Cuts at every match, which is left out, stands alone, or goes with its neighbour. */
function split(aligned: AlignedText, pattern: RegExp, behavior: Behavior): AlignedText[] {
  const borders = [0];
  const removed = new Set<number>();
  for (const { 0: match, index } of aligned.text.matchAll(pattern)) {
    const end = index + match.length;
    if (behavior === 'Removed') removed.add(index);
    if (behavior !== 'MergedWithPrevious') borders.push(index);
    if (behavior !== 'MergedWithNext') borders.push(end);
  }
  borders.push(aligned.text.length);
  return borders.flatMap((from, index) => {
    const to = borders[index + 1] ?? from;
    return to > from && !removed.has(from) ? [aligned.slice(from, to)] : [];
  });
}

const matchesOf = (aligned: AlignedText, pattern: RegExp): AlignedText[] =>
  [...aligned.text.matchAll(pattern)].map(({ 0: match, index }) =>
    aligned.slice(index, index + match.length),
  );

const atSpaces: PreTokenizer = (text) => matchesOf(text, /\S+/gu);

function byteLevel(spec: JsonReader): PreTokenizer {
  const addsSpace = spec.flag('add_prefix_space', true);
  const cuts = spec.flag('use_regex', true);
  return (given) => {
    const text = addsSpace && !/^\s/.test(given.text) ? given.prepend(' ') : given;
    return (cuts ? matchesOf(text, GPT2_WORDS) : [text]).map(asBytes);
  };
}

function metaspace(spec: JsonReader): PreTokenizer {
  const mark = spec.string('replacement', '▁');
  const addsMark = spec.string('prepend_scheme', spec.flag('add_prefix_space', true) ? 'always' : 'never');
  const cuts = spec.flag('split', true);
  return (given) => {
    const marked = given.replaceAll(/ /g, () => mark);
    const isFirst = marked.sourceOf(0, 1).start === 0;
    const wantsMark = addsMark === 'always' || (addsMark === 'first' && isFirst);
    const text = wantsMark && !marked.text.startsWith(mark) ? marked.prepend(mark) : marked;
    return cuts ? split(text, new RegExp(mark, 'gu'), 'MergedWithNext') : [text];
  };
}

function splitting(spec: JsonReader): PreTokenizer {
  const pattern = patternOf(spec.required('pattern'));
  const behavior = spec.string('behavior', 'Isolated');
  if (spec.flag('invert', false)) {
    if (behavior !== 'Removed') throw new ModelFault(`${spec.place}.invert is only known with Removed.`);
    return (text) => matchesOf(text, pattern);
  }
  if (!isBehavior(behavior))
    throw new ModelFault(`${spec.place}.behavior is none of ${BEHAVIORS.join(', ')}.`);
  return (text) => split(text, pattern, behavior);
}

const BEHAVIORS = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext'] as const;
const isBehavior = (text: string): text is Behavior => BEHAVIORS.some((name) => name === text);

const KINDS: Readonly<Record<string, (spec: JsonReader) => PreTokenizer>> = {
  BertPreTokenizer: () => (text) => atSpaces(text).flatMap((word) => split(word, PUNCTUATION, 'Isolated')),
  ByteLevel: byteLevel,
  Digits: (spec) => {
    const pattern = spec.flag('individual_digits', false) ? /\p{Nd}/gu : /\p{Nd}+/gu;
    return (text) => split(text, pattern, 'Isolated');
  },
  Metaspace: metaspace,
  Punctuation: () => (text) => split(text, PUNCTUATION, 'Isolated'),
  Sequence: (spec) => {
    const steps = spec.objects('pretokenizers').map(readPreTokenizer);
    return (text) => steps.reduce<AlignedText[]>((words, step) => words.flatMap(step), [text]);
  },
  Split: splitting,
  Whitespace: () => (text) => matchesOf(text, /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]+/gu),
  WhitespaceSplit: () => atSpaces,
};

/** @throws ModelFault for one that is not known here */
export function readPreTokenizer(spec: JsonReader | undefined): PreTokenizer {
  if (!spec) return (text) => (text.isEmpty ? [] : [text]);
  const type = spec.string('type', '');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) throw new ModelFault(`${spec.place}.type is none of ${Object.keys(KINDS).join(', ')}.`);
  return kind(spec);
}
