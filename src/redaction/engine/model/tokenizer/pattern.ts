import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';

/** What a tokenizer's settings name as `{String}` or `{Regex}`, for all its matches. @throws ModelFault for no valid one */
export function patternOf(spec: JsonReader): RegExp {
  const literal = spec.raw('String');
  const source =
    typeof literal === 'string'
      ? literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
      : spec.string('Regex', '');
  if (source === '') throw new ModelFault(`${spec.place} has neither String nor Regex.`);
  try {
    return new RegExp(source, 'gu');
  } catch {
    throw new ModelFault(`${spec.place} is a regular expression that JavaScript does not know.`);
  }
}
