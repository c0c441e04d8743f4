import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../../platform/config/package-root.js';
import { ModelFault } from '../engine/model/model-fault.js';

/** As much of `onnxruntime-node` as is used here. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown;
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

export interface OnnxTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** What is to be installed, and where, when it is not there. */
const INSTALLATION =
  'onnxruntime-node is not installed. Install it in the folder of the model or above it, or beside Redoubt: npm install --ignore-scripts onnxruntime-node';

/**
 * The runtime as it is installed in the model's folder or above it, else beside Redoubt.
 * @throws ModelFault when there is none, or none for this machine
 */
export function loadRuntime(folder: string): OnnxRuntime {
  for (const from of [join(folder, 'model.onnx'), join(packageRoot(), 'package.json')]) {
    const require = createRequire(from);
    let found: string;
    try {
      found = require.resolve('onnxruntime-node');
    } catch {
      continue;
    }
    try {
      return require(found) as OnnxRuntime;
    } catch {
      throw new ModelFault('onnxruntime-node cannot be loaded: it is damaged, or not made for this machine.');
    }
  }
  throw new ModelFault(INSTALLATION);
}
