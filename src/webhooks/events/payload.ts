import type { EventData, StoredEvent } from '../../platform/outbox/event.js';
import type { EventName, NamedKind } from '../../platform/outbox/event-names.js';
import { catalogueEvent } from './event-catalogue.js';

/** Largest body (Standard Webhooks 1.0.0 advises at most 20 kB). */
export const MOST_BYTES = 20_000;

type Scalar = string | number | boolean | null;
type Scalars = Readonly<Record<string, Scalar>>;

/** A field whose value is a name, found by an id. */
interface NamedField {
  readonly kind: NamedKind;
  readonly id: string;
}

/** Says what a thing is called; nothing when that is not known, or not to be told. */
export type NameOf = (field: NamedField) => string | undefined;

/** What webhooks send. `type` is what Standard Webhooks calls `event`. */
export interface Payload {
  readonly event: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: EventData;
}

type Shown = Pick<StoredEvent, 'name' | 'data' | 'createdAt'>;

/** Whose names an event's payload has, where they can be told. */
export function namedFields({ name, data }: Pick<Shown, 'name' | 'data'>): NamedField[] {
  const fields: NamedField[] = [];
  fill(catalogueEvent(name)?.example ?? {}, data, (field) => {
    fields.push(field);
    return undefined;
  });
  return fields;
}

/**
 * An event as it is sent: the fields that its example has, as far as it has them itself, and names where they are known.
 * @throws Error for an event that is in no catalogue
 */
export function payloadOf({ name, data, createdAt }: Shown, nameOf: NameOf): Payload {
  const known = catalogueEvent(name);
  if (!known) throw new Error(`no event of the catalogue: ${name}`);
  const shown = fill(known.example, data, nameOf);
  return { event: name, type: name, timestamp: createdAt.toISOString(), data: shown };
}

/** How names are told: as they are, or by what stands in for them, which of people is their id. */
export const telling =
  (names: ReadonlyMap<string, EventName>, openly: boolean): NameOf =>
  ({ kind, id }) => {
    const found = names.get(id);
    return openly ? found?.name : (found?.standIn ?? (kind === 'user' ? id : undefined));
  };

function fill(example: EventData, data: EventData, nameOf: NameOf): EventData {
  const fields = Object.entries(example).map(([field, sample]) => {
    const value = data[field];
    return [
      field,
      isObject(sample) && isObject(value) ? flat(sample, value, nameOf) : one(field, data, nameOf),
    ];
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function flat(example: Scalars, data: Scalars, nameOf: NameOf): Scalars {
  const fields = Object.keys(example).map((field) => [field, one(field, data, nameOf)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Scalars;
}

function one(field: string, data: EventData, nameOf: NameOf): EventData[string] | undefined {
  const named = namedField(field, data);
  return named ? nameOf(named) : data[field];
}

function namedField(field: string, data: EventData): NamedField | undefined {
  if (field === 'filename') return fieldOf('document', data.document_id);
  if (field === 'created_by') return fieldOf('user', data.created_by);
  return undefined;
}

const fieldOf = (kind: NamedKind, id: unknown): NamedField | undefined =>
  typeof id === 'string' ? { kind, id } : undefined;

const isObject = (value: unknown): value is Scalars => typeof value === 'object' && value !== null;
