import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AppError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { knowledgeError } from '../knowledge.errors.js';
import { Embedder, type EmbeddingRequest } from './embedder.js';

/** Texts that go to a model server in one request. */
const BATCH = 32;
/** Longest wait for the vector of a question, in milliseconds: words alone find nearly as much. */
const QUESTION_MS = 5_000;
/** What a model is tried with before a knowledge base gets it. */
const TRIAL = 'The quick brown fox jumps over the lazy dog.';

/** Vectors of chunks and questions, from whatever model server has the model. */
@Injectable()
export class Embeddings {
  private embedder: Embedder | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Makes sure that a model turns texts into vectors. @throws AppError EMBEDDING_MODEL_UNUSABLE, which says why */
  async check(caller: Caller, projectId: string, model: string): Promise<void> {
    try {
      await this.ofQuestion(caller, projectId, model, TRIAL);
    } catch (cause) {
      const why = cause instanceof AppError ? cause.message : 'It did not answer in time.';
      throw knowledgeError('EMBEDDING_MODEL_UNUSABLE', {
        message: `The model cannot be used for a knowledge base. ${why}`,
        details: { field: 'embedding_model', constraint: 'embeds' },
        cause,
      });
    }
  }

  /** @throws AppError as {@link Embedder.embed} does; the reason of a signal when time is up */
  async ofQuestion(caller: Caller, projectId: string, model: string, text: string): Promise<Float32Array> {
    const signal = AbortSignal.any([caller.signal(), AbortSignal.timeout(QUESTION_MS)]);
    const { mode } = caller.principal;
    const [vector] = await this.embed({ requester: caller, mode, projectId, model, texts: [text], signal });
    if (!vector) throw new Error('a text has no vector');
    return vector;
  }

  /** Vectors of any number of texts, batch by batch. @throws AppError as {@link Embedder.embed} does */
  async *ofTexts(request: EmbeddingRequest): AsyncGenerator<readonly Float32Array[], void> {
    for (let at = 0; at < request.texts.length; at += BATCH) {
      request.signal.throwIfAborted();
      yield await this.embed({ ...request, texts: request.texts.slice(at, at + BATCH) });
    }
  }

  private embed(request: EmbeddingRequest): Promise<readonly Float32Array[]> {
    this.embedder ??= findProviders(this.discovery, Embedder)[0];
    if (!this.embedder) throw new Error('no module turns texts into vectors');
    return this.embedder.embed(request);
  }
}
