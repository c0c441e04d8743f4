// What may be done to an exported audit log: bytes, entries, the end, and the whole of it by whoever holds the key.

const ENTRY_FIELDS = [
  ...[
    'action',
    'actor_id',
    'actor_type',
    'counts',
    'created_at',
    'id',
    'number',
    'organization_id',
    'project_id',
  ],
  ...['request_id', 'sealed_sha256', 'subject_user_id', 'target_id', 'target_type', 'user_id', 'v'],
];
const LINE_FIELDS = ['leaf', 'leaf_hash'];
const HEAD_FIELDS = [
  ...[
    'before',
    'exported_at',
    'first_leaf',
    'format',
    'from',
    'leaves',
    'origin',
    'size',
    'to',
    'verifier_key',
    'version',
  ],
];
const END_FIELDS = ['after', 'checkpoint', 'statement'];

const linesOf = (text) => text.split(/(?<=\n)/);

/** Where in a line the value of a field stands. */
function valueIn(line, field) {
  const at = line.indexOf(`"${field}":`) + field.length + 3;
  const [value] = /^(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^,}]+)/.exec(line.slice(at)) ?? [''];
  return [at, at + value.length];
}

/** One byte changed, left out or put in, between two places of a text. */
function bend(text, [begin, end], random) {
  const bytes = Buffer.from(text);
  const at = begin + random.below(Math.max(1, end - begin));
  const how = random.below(3);
  const byte = Buffer.of(how === 0 ? bytes[at] ^ (1 << random.below(8)) : random.below(256));
  const middle = how === 1 ? Buffer.alloc(0) : byte;
  return Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(how === 2 ? at : at + 1)]);
}

/** Mutates the value of a field in one of the lines that have it. */
const ofField =
  (field, lineOf) =>
  ({ log, random }) => {
    const lines = linesOf(log.text);
    const number = lineOf(lines, random);
    const [begin, end] = valueIn(lines[number], field);
    const before = Buffer.byteLength(lines.slice(0, number).join(''));
    const inLine = Buffer.byteLength(lines[number].slice(0, begin));
    const length = Buffer.byteLength(lines[number].slice(begin, end));
    return bend(log.text, [before + inLine, before + inLine + length], random);
  };

const anyEntry = (lines, random) => 1 + random.below(lines.length - 2);
const first = () => 0;
const last = (lines) => lines.length - 1;

/** Puts the leaf numbers of entries right again, as a forger would. */
const renumbered = (lines) =>
  lines.map((line, at) =>
    at === 0 || at === lines.length - 1 ? line : line.replace(/"leaf":\d+/, `"leaf":${at - 1}`),
  );

/** Whether the forger renumbers the entries. */
const numbered = (lines, random) => (random.below(2) === 0 ? lines : renumbered(lines)).join('');

function deleteEntries({ log, random }) {
  const lines = linesOf(log.text);
  return numbered(lines.toSpliced(anyEntry(lines, random), 1 + random.below(3)), random);
}

function insertEntry({ log, random }) {
  const lines = linesOf(log.text);
  const made =
    random.below(2) === 0
      ? lines[anyEntry(lines, random)]
      : log.lineOf(log.entry(random), random.below(lines.length));
  return numbered(lines.toSpliced(anyEntry(lines, random), 0, made), random);
}

function swapEntries({ log, random }) {
  const lines = linesOf(log.text);
  const [a, b] = [anyEntry(lines, random), anyEntry(lines, random)];
  const other = a === b ? (a % (lines.length - 2)) + 1 : b;
  return numbered(lines.with(a, lines[other]).with(other, lines[a]), random);
}

/** Entries exchanged together with their hashes, the signed end as it was. */
function exchangeEntry({ log, random }) {
  const lines = linesOf(log.text);
  const at = anyEntry(lines, random);
  return lines.with(at, log.lineOf(log.entry(random), at - 1)).join('');
}

function cutBytes({ log, random }) {
  const bytes = Buffer.from(log.text);
  return bytes.subarray(0, 1 + random.below(bytes.length - 1));
}

function cutEntries({ log, random }) {
  const lines = linesOf(log.text);
  return [...lines.slice(0, 1 + random.below(lines.length - 2)), lines.at(-1)].join('');
}

/** The log made anew and signed: as it was, but for something before the checkpoint that was kept. */
const remade =
  (keyOf) =>
  ({ log, random }) => {
    const at = random.below(log.oldSize);
    const entries = [
      () => log.entries.with(at, log.entry(random)),
      () => log.entries.toSpliced(at, 1),
      () => log.entries.toSpliced(at, 0, log.entry(random)),
      () => log.entries.slice(0, at),
      () => log.entries.with(at, log.entries[at + 1]).with(at + 1, log.entries[at]),
    ];
    return log.exportOf(random.pick(entries)(), keyOf(log));
  };

/** By name; each gives the bytes that somebody would have to take for the log. */
export const MUTATIONS = [
  ...HEAD_FIELDS.map((field) => [`a byte of the head's ${field}`, ofField(field, first)]),
  ...LINE_FIELDS.map((field) => [`a byte of an entry's ${field}`, ofField(field, anyEntry)]),
  ...ENTRY_FIELDS.map((field) => [`a byte of an entry's ${field}`, ofField(field, anyEntry)]),
  ...END_FIELDS.map((field) => [`a byte of the end's ${field}`, ofField(field, last)]),
  ['any byte', ({ log, random }) => bend(log.text, [0, Buffer.byteLength(log.text)], random)],
  ['entries left out', deleteEntries],
  ['an entry put in', insertEntry],
  ['two entries swapped', swapEntries],
  ['an entry exchanged, with its hash', exchangeEntry],
  ['cut off anywhere', cutBytes],
  ['the last entries cut off, the end kept', cutEntries],
  ['made anew, signed by the same key', remade(({ key }) => key)],
  ['made anew, signed by another key', remade(({ otherKey }) => otherKey)],
];
