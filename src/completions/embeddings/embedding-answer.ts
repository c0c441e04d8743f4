import { completionsError } from '../completions.errors.js';
import { isObject, type JsonValue } from '../json.js';
import type { UpstreamAnswer } from '../upstreams/upstream-client.service.js';
import { UpstreamFault } from '../upstreams/upstream-fault.js';

/** Longest answer that is read: some thousand vectors. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_DIMENSIONS = 16_384;

/**
 * The vectors of an answer, in the order of their texts. OpenAI, "Create embeddings": `data` of `{index, embedding}`.
 * @throws AppError UPSTREAM_UNAVAILABLE for an answer that is none; what reading throws
 */
export async function readEmbeddings(
  answer: Pick<UpstreamAnswer, 'body' | 'cancel'>,
  count: number,
): Promise<readonly Float32Array[]> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      answer.cancel();
      throw malformed('EMBEDDINGS_TOO_LARGE');
    }
    chunks.push(chunk);
  }
  return vectorsIn(Buffer.concat(chunks).toString('utf8'), count);
}

function vectorsIn(text: string, count: number): readonly Float32Array[] {
  const vectors: Float32Array[] = [];
  for (const [position, item] of dataOf(text).entries()) {
    if (!isObject(item)) throw malformed('NO_EMBEDDING');
    const { index = position, embedding } = item;
    if (
      typeof index !== 'number' ||
      !Number.isInteger(index) ||
      index < 0 ||
      index >= count ||
      vectors[index]
    )
      throw malformed('EMBEDDING_INDEX');
    vectors[index] = vectorOf(embedding);
  }
  const dimensions = vectors[0]?.length;
  const isWhole = vectors.length === count && Object.keys(vectors).length === count;
  if (!isWhole || vectors.some(({ length }) => length !== dimensions)) throw malformed('EMBEDDINGS_MISSING');
  return vectors;
}

function dataOf(text: string): readonly JsonValue[] {
  try {
    const parsed: JsonValue = JSON.parse(text);
    if (isObject(parsed) && Array.isArray(parsed.data)) return parsed.data;
  } catch {
    // Told below.
  }
  throw malformed('NO_EMBEDDINGS');
}

/** A vector of some length: one of zeros points nowhere. */
function vectorOf(embedding: JsonValue | undefined): Float32Array {
  const isList = Array.isArray(embedding) && embedding.length > 0 && embedding.length <= MOST_DIMENSIONS;
  if (!isList || !embedding.every((value) => typeof value === 'number')) throw malformed('NO_VECTOR');
  const vector = Float32Array.from(embedding);
  const length = Math.hypot(...vector);
  if (!(length > 0 && Number.isFinite(length))) throw malformed('NO_VECTOR');
  return vector;
}

const malformed = (code: string) =>
  completionsError('UPSTREAM_UNAVAILABLE', {
    message: 'The model server answered something else than vectors.',
    cause: new UpstreamFault('status', code),
  });
