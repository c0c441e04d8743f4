import type { Requester } from '../../platform/http/request-context.js';

/** Texts to be turned into vectors. */
export interface EmbeddingRequest {
  /** In whose name. */
  readonly requester: Requester;
  readonly mode: 'live' | 'sandbox';
  /** The project whose policy says what may leave. */
  readonly projectId: string;
  /** As clients name models. */
  readonly model: string;
  /** At least one; as many as one request of a model server takes. */
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Turns texts into vectors, near each other where the texts mean the same. Whoever can makes one a provider of a module;
 * knowledge finds it by this class and knows nothing else of model servers.
 */
export abstract class Embedder {
  /**
   * One vector a text, in their order, all of as many dimensions. Personal data and secrets stay here as the policy says.
   * @throws AppError MODEL_NOT_FOUND, MODEL_CANNOT, BLOCKED_BY_POLICY, KEPT_LOCAL, and what is wrong with the model server
   */
  abstract embed(request: EmbeddingRequest): Promise<readonly Float32Array[]>;
}
