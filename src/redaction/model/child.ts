import { ModelFault } from '../engine/model/model-fault.js';
import type { ModelReply, ModelRequest } from './model-message.js';
import { NameClassifier } from './name-classifier.js';

// A process with a model in it. Inference holds its thread for as long as it takes, and what native code does to its process when
// it fails is nobody's to choose: so neither is done where requests are answered.

const say = (reply: ModelReply): void => void process.send?.(reply);

/** Foreign errors may quote what they were given. */
const problemOf = (error: unknown): string =>
  error instanceof ModelFault ? error.message : `It fails with an error of its own (${nameOf(error)}).`;
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

async function begin(folder: string): Promise<void> {
  const classifier = await NameClassifier.load(folder);
  process.on('message', ({ sentences }: ModelRequest) => {
    classifier.spansOf(sentences).then(
      (spans) => say({ kind: 'spans', spans }),
      (error: unknown) => say({ kind: 'fault', problem: problemOf(error) }),
    );
  });
  say({ kind: 'ready' });
}

process.once('disconnect', () => process.exit());

const [, , folder = ''] = process.argv;
begin(folder).catch((error: unknown) => {
  say({ kind: 'broken', problem: problemOf(error) });
});
