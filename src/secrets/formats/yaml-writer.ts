import { commentLine } from '../dotenv/write-dotenv.js';
import { textOfLines } from './text-of-lines.js';
import type { Variable, WriteOptions, WrittenVariables } from './variable-format.js';

/** What YAML 1.1 or 1.2 takes for something else than a string. All other names are strings as they stand. */
const NO_STRING = /^(?:y|yes|n|no|true|false|on|off|null)$/i;
/** Characters that JSON leaves as they are but YAML does not print. */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
const HEX_DIGITS = 4;
/** Lines of plain text, certificates for one, that need no escape and no indication of their indentation. */
const BLOCK =
  /^(?! )(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\n)+[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\n?$/;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(HEX_DIGITS, '0')}`;

/** A JSON string is a string to every YAML reader, once it has no unprintable characters. */
export const yamlString = (value: string): string => JSON.stringify(value).replaceAll(UNPRINTABLE, escaped);

function notationOf(value: string): string {
  if (!BLOCK.test(value)) return yamlString(value);
  const lines = value.replace(/\n$/, '').split('\n');
  return [value.endsWith('\n') ? '|' : '|-', ...lines.map((line) => `  ${line}`)].join('\n');
}

const keyOf = (key: string) => (NO_STRING.test(key) ? yamlString(key) : key);

/** One flat mapping of strings. Text of several lines is a block, everything else in double quotes. */
export const writeYaml = (variables: readonly Variable[], { header }: WriteOptions): WrittenVariables =>
  textOfLines([
    ...header.map(commentLine),
    ...(variables.length === 0
      ? ['{}']
      : variables.map(({ key, value }) => `${keyOf(key)}: ${notationOf(value)}`)),
  ]);
