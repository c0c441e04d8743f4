import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { JsonReader } from '../engine/model/json-reader.js';
import { type Label, readLabels } from '../engine/model/label-scheme.js';
import { ModelFault } from '../engine/model/model-fault.js';
import { Tokenizer } from '../engine/model/tokenizer/tokenizer.js';

/** A model for token classification as Hugging Face's tools export it. */
export interface ModelFolder {
  /** Of `model.onnx`. */
  readonly path: string;
  readonly tokenizer: Tokenizer;
  readonly labels: readonly Label[];
  /** Most tokens the model reads at once, those around the text included. */
  readonly most: number;
}

/** Longer windows cost more than they are worth, and many a config promises more than was trained. */
const MOST_TOKENS = 512;
const LEAST_TOKENS = 16;
/** RoBERTa and its kin count positions from two. */
const FIRST_POSITION = 2;
const COUNTS_FROM_TWO = /roberta|camembert|longformer/;

/** @throws ModelFault for a file that is missing or holds something else than it should */
export function readModelFolder(folder: string): ModelFolder {
  const config = JsonReader.parse(readText(folder, 'config.json'), 'config.json');
  const labels = readLabels(config);
  const tokenizer = Tokenizer.read(readText(folder, 'tokenizer.json'));
  const path = join(folder, 'model.onnx');
  if (!existsSync(path)) throw missing(folder, 'model.onnx');
  const most = mostTokens(config);
  const around = tokenizer.specials.before.length + tokenizer.specials.after.length;
  if (most - around < LEAST_TOKENS) {
    throw new ModelFault(`config.json.max_position_embeddings has to leave room for ${LEAST_TOKENS} tokens.`);
  }
  return { path, tokenizer, labels, most };
}

function mostTokens(config: JsonReader): number {
  const positions = config.number('max_position_embeddings', MOST_TOKENS);
  const first = COUNTS_FROM_TWO.test(config.string('model_type', '')) ? FIRST_POSITION : 0;
  // DeBERTa and others with relative positions say 0 or -1.
  return Math.min(MOST_TOKENS, positions > 0 ? positions - first : MOST_TOKENS);
}

function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    throw missing(folder, name);
  }
}

function missing(folder: string, name: string): ModelFault {
  const shown = isAbsolute(folder) ? folder : resolve(folder);
  return new ModelFault(`${name} is missing in ${shown}, or may not be read.`);
}
