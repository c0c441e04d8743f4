import type { JudgedSpan } from '../engine/model/judge.js';
import { ModelFault } from '../engine/model/model-fault.js';
import { spansOf } from '../engine/model/spans.js';
import type { Token } from '../engine/model/tokenizer/tokenizer.js';
import { type Window, windowsOf } from '../engine/model/windows.js';
import { type ModelFolder, readModelFolder } from './model-folder.js';
import { loadRuntime, type OnnxRuntime, type OnnxSession } from './onnx-runtime.js';

/** Tokens of one run, those that fill up shorter windows included: bounds its memory and its time. */
const MOST_AT_ONCE = 2_048;

/** One thread: on a machine that has other work, more of them halve the speed. */
const OPTIONS = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableMemPattern: false,
  logSeverityLevel: 4,
};

const TRIAL = 'Ada Lovelace wrote to Charles Babbage in London.';

interface Sentence {
  readonly tokens: readonly Token[];
  readonly probabilities: Float32Array;
}

/** A window of a sentence. */
interface Cut {
  readonly sentence: Sentence;
  readonly window: Window;
}

/** Finds names in sentences by a model. */
export class NameClassifier {
  private constructor(
    private readonly folder: ModelFolder,
    private readonly runtime: OnnxRuntime,
    private readonly session: OnnxSession,
  ) {}

  /** @throws ModelFault when the folder holds no model that works here; it is tried out */
  static async load(path: string): Promise<NameClassifier> {
    const folder = readModelFolder(path);
    const runtime = loadRuntime(path);
    const session = await runtime.InferenceSession.create(folder.path, OPTIONS).catch(() => {
      throw new ModelFault(
        'model.onnx cannot be read: it is damaged, its weights lie in another file that is missing, or onnxruntime-node is too old for it.',
      );
    });
    const classifier = new NameClassifier(folder, runtime, session);
    await classifier.spansOf([TRIAL]);
    return classifier;
  }

  /** What stands in each of the sentences. @throws ModelFault when the model takes or gives something else than it should */
  async spansOf(sentences: readonly string[]): Promise<JudgedSpan[][]> {
    const { tokenizer, labels, most } = this.folder;
    const around = tokenizer.specials.before.length + tokenizer.specials.after.length;
    const taken = sentences.map((text): Sentence => {
      const tokens = tokenizer.tokens(text);
      return { tokens, probabilities: new Float32Array(tokens.length * labels.length) };
    });
    const cuts = taken.flatMap((sentence) =>
      sentence.tokens.length === 0
        ? []
        : windowsOf(sentence.tokens.length, most - around).map((window): Cut => ({ sentence, window })),
    );
    for (const batch of batchesOf(cuts, around)) await this.classify(batch);
    return taken.map(({ tokens, probabilities }) => spansOf(tokens, probabilities, labels));
  }

  private async classify(cuts: readonly Cut[]): Promise<void> {
    const { before, after } = this.folder.tokenizer.specials;
    const rows = cuts.map(({ sentence, window }) => [
      ...before,
      ...sentence.tokens.slice(window.from, window.to).map(({ id }) => id),
      ...after,
    ]);
    const length = Math.max(...rows.map((row) => row.length));
    const logits = await this.run(rows, length);
    cuts.forEach((cut, row) => {
      this.note(cut, logits, row * length + before.length);
    });
  }

  /** The scores of all labels, token after token, row after row. */
  private async run(rows: readonly number[][], length: number): Promise<Float32Array> {
    const { tokenizer, labels } = this.folder;
    const dims = [rows.length, length];
    const ids = new BigInt64Array(rows.length * length).fill(BigInt(tokenizer.padding));
    const mask = new BigInt64Array(rows.length * length);
    rows.forEach((row, at) => {
      ids.set(row.map(BigInt), at * length);
      mask.fill(1n, at * length, at * length + row.length);
    });
    const given: Readonly<Record<string, BigInt64Array>> = {
      input_ids: ids,
      attention_mask: mask,
      token_type_ids: new BigInt64Array(ids.length),
    };
    const feeds = this.session.inputNames.map((name) => {
      const data = Object.hasOwn(given, name) ? given[name] : undefined;
      if (!data)
        throw new ModelFault(`model.onnx asks for an input beside ${Object.keys(given).join(', ')}.`);
      return [name, new this.runtime.Tensor('int64', data, dims)];
    });
    const outputs = await this.session.run(Object.fromEntries(feeds)).catch(() => {
      throw new ModelFault(
        'model.onnx refuses what tokenizer.json makes of a text: they belong to different models.',
      );
    });
    const output = outputs.logits ?? outputs[this.session.outputNames[0] ?? ''];
    const isRight = output?.dims.join() === [...dims, labels.length].join();
    if (!isRight || !(output?.data instanceof Float32Array)) {
      throw new ModelFault(
        `model.onnx has to answer with floats of the shape [texts, tokens, ${labels.length}], as many as config.json has labels.`,
      );
    }
    return output.data;
  }

  private note({ sentence, window }: Cut, logits: Float32Array, first: number): void {
    const labels = this.folder.labels.length;
    for (let token = window.ownFrom; token < window.ownTo; token++) {
      const at = (first + token - window.from) * labels;
      sentence.probabilities.set(softmax(logits.subarray(at, at + labels)), token * labels);
    }
  }
}

function softmax(logits: Float32Array): Float32Array {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Windows of like length together, as many as one run takes. */
function* batchesOf(cuts: readonly Cut[], around: number): Generator<Cut[]> {
  const lengthOf = ({ window }: Cut): number => window.to - window.from + around;
  let batch: Cut[] = [];
  for (const cut of [...cuts].sort((a, b) => lengthOf(a) - lengthOf(b))) {
    if (batch.length > 0 && (batch.length + 1) * lengthOf(cut) > MOST_AT_ONCE) {
      yield batch;
      batch = [];
    }
    batch.push(cut);
  }
  if (batch.length > 0) yield batch;
}
