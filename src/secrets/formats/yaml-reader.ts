import type { RawVariables } from './raw-variables.js';
import { entriesOf, openYaml } from './yaml-source.js';

/** Reads one flat mapping by YAML's core schema; numbers and booleans count as they are written. */
export function readYaml(text: string): RawVariables {
  const source = openYaml(text);
  return 'top' in source ? entriesOf(source.top, source.lineOf) : source;
}
