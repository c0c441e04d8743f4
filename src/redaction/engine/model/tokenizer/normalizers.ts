import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';
import type { AlignedText } from './aligned-text.js';
import { patternOf } from './pattern.js';

export type Normalizer = (text: AlignedText) => AlignedText;

/** A character with the marks that belong to it: what composing and decomposing keep together. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu;
const CONTROL = /[\0\uFFFD]|(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;
const CHINESE =
  /[\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;

const composed =
  (form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): Normalizer =>
  (text) =>
    text.replaceAll(CLUSTER, (cluster) => cluster.normalize(form));
const lowerCased: Normalizer = (text) => text.map((character) => character.toLowerCase());
const withoutAccents: Normalizer = (text) =>
  text.replaceAll(CLUSTER, (cluster) => cluster.replaceAll(/\p{Mn}/gu, ''));
const decomposed = composed('NFD');

/** What BERT's original tokenizer does to a text (Devlin et al., 2018). */
function bertNormalizer(spec: JsonReader): Normalizer {
  const lowerCase = spec.flag('lowercase', true);
  const accents = spec.flag('strip_accents', lowerCase);
  const clean = spec.flag('clean_text', true);
  const chinese = spec.flag('handle_chinese_chars', true);
  return (text) => {
    let result = text;
    if (clean) result = result.replaceAll(CONTROL, () => '').replaceAll(/\s/gu, () => ' ');
    if (chinese) result = result.replaceAll(CHINESE, (character) => ` ${character} `);
    if (accents) result = withoutAccents(decomposed(result));
    return lowerCase ? lowerCased(result) : result;
  };
}

/** SentencePiece's default rules (nmt_nfkc): compatibility forms, no control characters, white space as single blanks. */
const precompiled: Normalizer = (text) =>
  composed('NFKC')(text.replaceAll(CONTROL, () => '').replaceAll(/\s/gu, () => ' ')).replaceAll(
    / {2,}/g,
    () => ' ',
  );

function strip(spec: JsonReader): Normalizer {
  const left = spec.flag('strip_left', true);
  const right = spec.flag('strip_right', true);
  return (aligned) => {
    const { text } = aligned;
    const from = left ? text.length - text.trimStart().length : 0;
    const to = right ? text.trimEnd().length : text.length;
    return aligned.slice(from, Math.max(from, to));
  };
}

function replacing(spec: JsonReader): Normalizer {
  const pattern = patternOf(spec.required('pattern'));
  const content = spec.string('content', '');
  return (text) => text.replaceAll(pattern, () => content);
}

const KINDS: Readonly<Record<string, (spec: JsonReader) => Normalizer>> = {
  BertNormalizer: bertNormalizer,
  Lowercase: () => lowerCased,
  NFC: () => composed('NFC'),
  NFD: () => composed('NFD'),
  NFKC: () => composed('NFKC'),
  NFKD: () => composed('NFKD'),
  Nmt: () => (text) => text.replaceAll(CONTROL, () => '').replaceAll(/\s/gu, () => ' '),
  Precompiled: () => precompiled,
  Prepend: (spec) => (text) => (text.isEmpty ? text : text.prepend(spec.string('prepend', ''))),
  Replace: replacing,
  Sequence: (spec) => {
    const steps = spec.objects('normalizers').map(readNormalizer);
    return (text) => steps.reduce((before, step) => step(before), text);
  },
  Strip: strip,
  StripAccents: () => withoutAccents,
};

/** @throws ModelFault for one that is not known here */
export function readNormalizer(spec: JsonReader | undefined): Normalizer {
  if (!spec) return (text) => text;
  const type = spec.string('type', '');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) {
    throw new ModelFault(`${spec.place}.type is none of ${Object.keys(KINDS).join(', ')}.`);
  }
  return kind(spec);
}
