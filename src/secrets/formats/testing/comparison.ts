import { parseVariables } from '../parse-variables.js';
import type { Variable, VariableFormat } from '../variable-format.js';
import { writeVariables } from '../write-variables.js';
import type { Reader } from './real-readers.js';

const A_FILE = 500;
const HEADER = ['Environment: production', "it's a comment\nK0=broken out\u2028K1=broken out\rK2=broken out"];

export interface Comparison {
  readonly reader: string;
  readonly values: number;
  readonly identical: number;
  readonly refused: number;
  readonly violations: string[];
}

interface Written {
  readonly text: string;
  readonly carried: Variable[];
  readonly refused: Variable[];
}

const chunksOf = <T>(items: readonly T[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** What the writer refuses by name is taken out; the rest it must write. */
function write(variables: readonly Variable[], format: VariableFormat): Written {
  const options = { header: HEADER, name: 'production' };
  const names = new Set(writeVariables(variables, format, options).refused.map(({ key }) => key));
  const carried = variables.filter(({ key }) => !names.has(key));
  const { text, refused } = writeVariables(carried, format, options);
  if (refused.length > 0) throw new Error(`${format} refuses what it did not refuse before`);
  return { text, carried, refused: variables.filter(({ key }) => names.has(key)) };
}

const byUs =
  (format: VariableFormat): Reader =>
  (files) =>
    files.map(
      (text) => new Map(parseVariables(text, format).variables.map(({ key, value }) => [key, value])),
    );

const shown = (value: string | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Writes variables by our writer, a few hundred a file, and asks each reader, us among them, what it makes of them. */
export function compare(
  variables: readonly Variable[],
  format: VariableFormat,
  readers: Record<string, Reader>,
): Comparison[] {
  const files = chunksOf(variables, A_FILE).map((chunk) => write(chunk, format));
  const refused = files.reduce((sum, file) => sum + file.refused.length, 0);
  return Object.entries({ ...readers, Redoubt: byUs(format) }).map(([reader, read]) => {
    const results = read(files.map(({ text }) => text));
    const violations = files.flatMap(({ carried }, index) =>
      carried.flatMap(({ key, value }) => {
        const got = results[index]?.get(key);
        return got === value ? [] : [`${format}, ${reader}: ${shown(value)} is read as ${shown(got)}`];
      }),
    );
    const identical = variables.length - refused - violations.length;
    return { reader: `${format}: ${reader}`, values: variables.length, identical, refused, violations };
  });
}

const backslashed = (value: string, characters: RegExp) =>
  value.replaceAll(characters, (character) => `\\${character}`);

/** Every way to write a value that any of the readers has. */
function spellingsOf(value: string): string[] {
  const lines = (text: string) => text.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const inDouble = [
    value,
    backslashed(value, /"/g),
    backslashed(value, /["\\]/g),
    backslashed(value, /["\\$`]/g),
    backslashed(value, /["$`]/g),
    backslashed(value, /[$`]/g),
    backslashed(value, /\\/g),
  ];
  const unquoted = [value, backslashed(value, /[^\w\n]/g)];
  const inSingle = [value, backslashed(value, /'/g), backslashed(value, /\\/g), backslashed(value, /['\\]/g)];
  return [
    ...unquoted,
    ...inSingle.map((text) => `'${text}'`),
    ...inDouble.flatMap((text) => [`"${text}"`, `"${lines(text)}"`]),
    `'${value.replaceAll("'", "'\\''")}'`,
    `\`${value}\``,
  ];
}

/** What stands around a value in a file, so that a reader that goes beyond its end is found out. */
const BEFORE = "A='x'\n";
const BEHIND = `B='y'\nC="it's"\n`;

/** Refused although this bash carries it: others, in other locales, take letters beyond ASCII into a name. */
const LEFT_ALONE = /\$\P{ASCII}|[$\\]\p{Cc}/u;

const isCarried = (read: Map<string, string> | undefined, value: string) =>
  read?.get('KEY') === value && read.get('A') === 'x' && read.get('B') === 'y' && read.get('C') === "it's";

/** Values that are refused although a spelling would carry them to all readers. */
export function refusedInVain(
  variables: readonly Variable[],
  readers: Record<string, Reader>,
  most: number,
): string[] {
  const refused = write(variables, 'dotenv')
    .refused.filter(({ value }) => !LEFT_ALONE.test(value))
    .slice(0, most);
  const candidates = refused.flatMap(({ value }) =>
    [...new Set(spellingsOf(value))].map((text) => ({ value, text })),
  );
  const files = candidates.map(({ text }) => `${BEFORE}KEY=${text}\n${BEHIND}`);
  const results = Object.values(readers).map((read) => read(files));
  const carried = candidates.filter(({ value }, index) =>
    results.every((result) => isCarried(result[index], value)),
  );
  return carried.map(({ value, text }) => `${JSON.stringify(value)} could be written as ${text}`);
}

/** Shell lines that we accept and a shell reads otherwise; only accepted ones are run, since those run nothing. */
export function misreadShell(
  lines: readonly string[],
  read: Reader,
): { accepted: number; misread: string[] } {
  const accepted = lines
    .map((line) => ({ line, ...parseVariables(line, 'shell') }))
    .filter(({ refused }) => refused.length === 0);
  const results = read(accepted.map(({ line }) => line));
  const misread = accepted.flatMap(({ line, variables }, index) => {
    const got = results[index]?.get('KEY');
    const value = variables.find(({ key }) => key === 'KEY')?.value;
    return got === value
      ? []
      : [`${JSON.stringify(line)}: ${shown(value)}, but the shell reads ${shown(got)}`];
  });
  return { accepted: accepted.length, misread };
}
