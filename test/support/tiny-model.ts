import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOnnxRuntimeThere, onnxPackages } from './onnx-runtime.js';

// Models small enough to be written here, in the form of ONNX (onnx.proto3): a table that has the logits of each word of its
// vocabulary, and a product with the identity, so that a real session has something to do.

const FLOAT = 1;
const INT64 = 7;

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];

/** A field of a message: a number, or whatever has a length. */
function field(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
}

const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);

const dimension = (size: number | string): Buffer =>
  field(1, typeof size === 'number' ? field(1, size) : field(2, size));

const valueInfo = (name: string, type: number, dims: readonly (number | string)[]): Buffer =>
  message(
    field(1, name),
    field(2, field(1, message(field(1, type), field(2, message(...dims.map(dimension)))))),
  );

function floats(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return message(...dims.map((size) => field(1, size)), field(2, FLOAT), field(8, name), field(9, raw));
}

const node = (operator: string, inputs: readonly string[], output: string): Buffer =>
  message(...inputs.map((name) => field(1, name)), field(2, output), field(4, operator));

/** @param table logits, word after word */
function onnx(table: readonly (readonly number[])[], labels: number): Buffer {
  const identity = Array.from({ length: labels * labels }, (_, at) => (at % (labels + 1) === 0 ? 1 : 0));
  const batch = ['texts', 'tokens'];
  const graph = message(
    field(1, node('Gather', ['table', 'input_ids'], 'found')),
    field(1, node('MatMul', ['found', 'identity'], 'logits')),
    field(2, 'tiny'),
    field(5, floats('table', [table.length, labels], table.flat())),
    field(5, floats('identity', [labels, labels], identity)),
    field(11, valueInfo('input_ids', INT64, batch)),
    field(11, valueInfo('attention_mask', INT64, batch)),
    field(12, valueInfo('logits', FLOAT, [...batch, labels])),
  );
  return message(field(1, 8), field(7, graph), field(8, message(field(1, ''), field(2, 17))));
}

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

const tokenizerOf = (words: readonly string[]) => ({
  normalizer: { type: 'BertNormalizer', lowercase: true, strip_accents: null, clean_text: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: { type: 'BertProcessing', cls: ['[CLS]', 2], sep: ['[SEP]', 3] },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    vocab: Object.fromEntries([...SPECIALS, ...words].map((word, id) => [word, id])),
  },
});

export interface TinyModel {
  /** The label of each word it knows, written as the tokenizer does: in lower case, later parts with `##`. */
  readonly words: Readonly<Record<string, string>>;
  /** In the order of their numbers; O comes first. */
  readonly labels: readonly string[];
  /** What stands in `config.json` beside the labels. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** How sure it is of a word: a probability above .99 with a few labels. */
const LOGIT = 9;

/** Files of a model, by their names. */
export function filesOf({ words, labels, config }: TinyModel): Readonly<Record<string, string | Buffer>> {
  const numberOf = (label: string): number => labels.indexOf(label);
  const rows = [...SPECIALS.map(() => 'O'), ...Object.values(words)].map((label) =>
    labels.map((_, id) => (id === numberOf(label) ? LOGIT : 0)),
  );
  return {
    'model.onnx': onnx(rows, labels.length),
    'tokenizer.json': JSON.stringify(tokenizerOf(Object.keys(words))),
    'config.json': JSON.stringify({ id2label: Object.fromEntries(labels.entries()), ...config }),
  };
}

/** A folder of its own with these files, below which onnxruntime-node is found where it is installed. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const above = mkdtempSync(join(tmpdir(), 'redoubt-model-'));
  if (isOnnxRuntimeThere()) symlinkSync(onnxPackages(), join(above, 'node_modules'));
  const folder = join(above, 'model');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
