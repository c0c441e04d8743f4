import type { BatchDocument } from '../batch-documents.service.js';
import { assertDepth, MAX_DEPTH } from '../engine/structure/json-event.js';
import { refusalOf } from '../engine-failure.js';
import type { WaitingDocument } from './batch.js';

/** A document as it is stored until it is worked on: JSON. One nested too deeply to be written keeps its refusal. */
export function writeDown({ id, data, format }: BatchDocument): Buffer {
  try {
    return toBytes({ id, data, format });
  } catch (error) {
    // JSON.stringify goes as deep as the stack allows, which is far deeper than the engine goes.
    if (!(error instanceof RangeError)) throw error;
    return toBytes({ id, refusal: tooDeep() });
  }
}

function tooDeep() {
  try {
    assertDepth(MAX_DEPTH + 1);
  } catch (error) {
    const refusal = refusalOf(error, 'data');
    if (refusal) return { code: refusal.code, message: refusal.message };
  }
  throw new Error('the engine takes any depth');
}

const toBytes = (document: WaitingDocument): Buffer => Buffer.from(JSON.stringify(document));
