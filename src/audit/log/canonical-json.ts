/** What canonical JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * JSON of which there is one text for each value (RFC 8785): keys in the order of their UTF-16 code units, no spaces, strings and
 * numbers as ECMAScript writes them.
 * @throws TypeError for what JSON has no number for, and for text that is no Unicode
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return written(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('no number of JSON');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let fields = '';
  for (const key of Object.keys(value).sort())
    fields += `${fields === '' ? '' : ','}${written(key)}:${canonicalJson(value[key] as JsonValue)}`;
  return `{${fields}}`;
}

const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value);

/** What stands for itself between quotes: nearly all there is. */
const PLAIN = /^[\w .:/+=-]*$/;

function written(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('no Unicode text');
  return JSON.stringify(text);
}
