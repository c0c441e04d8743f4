import type { JsonReader } from './json-reader.js';
import { ModelFault } from './model-fault.js';

/** What the model says of people, places and organizations, by the names that data sets use, and the engine's types. */
const TYPES: Readonly<Record<string, string>> = {
  PER: 'PERSON',
  PERS: 'PERSON',
  PERSON: 'PERSON',
  NAME: 'PERSON',
  FIRSTNAME: 'PERSON',
  MIDDLENAME: 'PERSON',
  LASTNAME: 'PERSON',
  GIVENNAME: 'PERSON',
  SURNAME: 'PERSON',
  LOC: 'LOCATION',
  LOCATION: 'LOCATION',
  GPE: 'LOCATION',
  FAC: 'LOCATION',
  CITY: 'LOCATION',
  COUNTRY: 'LOCATION',
  STATE: 'LOCATION',
  ORG: 'ORGANIZATION',
  ORGANIZATION: 'ORGANIZATION',
  ORGANISATION: 'ORGANIZATION',
  CORPORATION: 'ORGANIZATION',
  COMPANY: 'ORGANIZATION',
  COMPANYNAME: 'ORGANIZATION',
};

/** Types that a model's findings can have. */
export const MODEL_TYPES: ReadonlySet<string> = new Set(Object.values(TYPES));

/** What one label says of a token. */
export interface Label {
  /** The engine's type; undefined for nothing, or for something the engine does not look for here. */
  readonly type: string | undefined;
  /** Whether it begins a finding, goes on with one, is the last of one or the whole of one; `any` where the label does not say. */
  readonly place: 'begin' | 'inside' | 'end' | 'single' | 'any';
}

/** B, I and O of IOB2 (Ramshaw and Marcus, 1995); L and U of BILOU (Ratinov and Roth, 2009), which others write E and S. */
const PLACES: Readonly<Record<string, Label['place']>> = {
  B: 'begin',
  I: 'inside',
  M: 'inside',
  L: 'end',
  E: 'end',
  U: 'single',
  S: 'single',
};

/**
 * The labels of a model by their number, from the `id2label` of its `config.json`.
 * @throws ModelFault when numbers are missing or no label means a person, a place or an organization
 */
export function readLabels(config: JsonReader): readonly Label[] {
  const names = config.required('id2label');
  const labels = names.keys.map((_, id) => {
    const name = names.string(String(id), '');
    if (name === '') throw new ModelFault(`${names.place} has to number its labels from 0 without a gap.`);
    return labelOf(name);
  });
  if (!labels.some(({ type }) => type !== undefined)) {
    const known = Object.keys(TYPES).join(', ');
    throw new ModelFault(`${names.place} has no label that is known here: one of ${known}.`);
  }
  return labels;
}

function labelOf(name: string): Label {
  const [, prefix = '', rest = ''] = /^([BIMLEUS])[-_](.+)$/i.exec(name) ?? [];
  const type = typeOf(rest === '' ? name : rest);
  return { type, place: PLACES[prefix.toUpperCase()] ?? 'any' };
}

function typeOf(name: string): string | undefined {
  const key = name.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return Object.hasOwn(TYPES, key) ? TYPES[key] : undefined;
}
