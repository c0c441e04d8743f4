import { isObject, type JsonValue } from '../json.js';
import type { Exchange } from './exchange.js';
import { readUpTo } from './read-body.js';
import { UpstreamFault } from './upstream-fault.js';

/** A model as its server lists it. */
export interface UpstreamModel {
  readonly id: string;
  /** Unix seconds, where the server says when it was made. */
  readonly created: number | undefined;
  readonly ownedBy: string | undefined;
}

/** Longest list that is read, and most models of it that count. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_MODELS = 5_000;

/** What can be a model's name: it stands in requests, lists and logs. */
const NAME = /^[^\p{C}\p{Z}]{1,200}$/u;

/** @throws UpstreamFault when the answer is no list of models; what the exchange throws */
export async function readModels(exchange: Exchange): Promise<UpstreamModel[]> {
  if (exchange.status !== 200) {
    exchange.cancel();
    throw UpstreamFault.status(exchange.status);
  }
  const body = await readUpTo(exchange, MOST_BYTES);
  if (!body) throw new UpstreamFault('status', 'LIST_TOO_LARGE');
  return modelsOf(body.toString('utf8'));
}

function modelsOf(text: string): UpstreamModel[] {
  const list = listIn(text);
  if (!list) throw new UpstreamFault('status', 'NO_LIST');
  const models = new Map<string, UpstreamModel>();
  for (const { id, created, owned_by: owner } of list.filter(isObject)) {
    if (typeof id !== 'string' || !NAME.test(id) || models.has(id)) continue;
    const ownedBy = typeof owner === 'string' && NAME.test(owner) ? owner : undefined;
    models.set(id, { id, created: Number.isSafeInteger(created) ? Number(created) : undefined, ownedBy });
    if (models.size === MOST_MODELS) break;
  }
  return [...models.values()];
}

function listIn(text: string): JsonValue[] | undefined {
  try {
    const parsed: JsonValue = JSON.parse(text);
    return isObject(parsed) && Array.isArray(parsed.data) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
