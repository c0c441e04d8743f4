import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';

/** What a model wants around every text. */
export interface SpecialTokens {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const NONE: SpecialTokens = { before: [], after: [] };

function ofTemplate(spec: JsonReader): SpecialTokens {
  const tokens = spec.required('special_tokens');
  const before: number[] = [];
  const after: number[] = [];
  let into = before;
  for (const piece of spec.objects('single')) {
    if (piece.object('Sequence')) into = after;
    const id = piece.object('SpecialToken')?.string('id', '');
    if (id !== undefined) into.push(...tokens.required(id).list('ids').map(Number));
  }
  return { before, after };
}

/** `["[SEP]", 102]` */
function numberOf(spec: JsonReader, name: string): number {
  const [, id] = spec.list(name);
  if (typeof id !== 'number') throw spec.fault(name, 'a token and its number');
  return id;
}

const ofPair = (spec: JsonReader): SpecialTokens => ({
  before: [numberOf(spec, 'cls')],
  after: [numberOf(spec, 'sep')],
});

const KINDS: Readonly<Record<string, (spec: JsonReader) => SpecialTokens>> = {
  BertProcessing: ofPair,
  ByteLevel: () => NONE,
  RobertaProcessing: ofPair,
  Sequence: (spec) => spec.objects('processors').map(readSpecialTokens).reduce(around, NONE),
  TemplateProcessing: ofTemplate,
};

const around = (inner: SpecialTokens, outer: SpecialTokens): SpecialTokens => ({
  before: [...outer.before, ...inner.before],
  after: [...inner.after, ...outer.after],
});

/** @throws ModelFault for a processor that is not known here */
export function readSpecialTokens(spec: JsonReader | undefined): SpecialTokens {
  if (!spec) return NONE;
  const type = spec.string('type', '');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) throw new ModelFault(`${spec.place}.type is none of ${Object.keys(KINDS).join(', ')}.`);
  return kind(spec);
}
