import { Injectable } from '@nestjs/common';
import { KnowledgeEmbedding } from '../../knowledge/index.js';
import { completionsError } from '../completions.errors.js';
import type { JsonObject } from '../json.js';
import type { ModelRoute } from '../models/model-route.js';
import { ModelRouter } from '../models/model-router.service.js';
import { ShieldPolicies } from '../policies/shield-policies.service.js';
import { PassingConversation } from '../shield/passing-conversation.js';
import { Shield } from '../shield/shield.service.js';
import type { Upstream } from '../upstreams/upstream.js';
import { UpstreamClient } from '../upstreams/upstream-client.service.js';
import { readEmbeddings } from './embedding-answer.js';

type EmbeddingRequest = KnowledgeEmbedding.EmbeddingRequest;

interface Shielded {
  readonly body: JsonObject;
  readonly candidates: readonly Upstream[];
}

/**
 * Has model servers make vectors, by OpenAI's `POST /embeddings`. What the shield finds in a text is replaced by the name of
 * its type: a token would mean nothing to a model, and words find names already. Servers marked private get texts as they
 * are, unless the policy says otherwise, but no secrets.
 */
@Injectable()
export class UpstreamEmbedder extends KnowledgeEmbedding.Embedder {
  constructor(
    private readonly router: ModelRouter,
    private readonly policies: ShieldPolicies,
    private readonly shield: Shield,
    private readonly client: UpstreamClient,
  ) {
    super();
  }

  async embed(request: EmbeddingRequest): Promise<readonly Float32Array[]> {
    const { requester, mode, model, signal } = request;
    const route = await this.router.route(model, { mode });
    if (route.builtIn) throw cannot(model);
    const { body, candidates } = await this.shielded(request, route);
    const answer = await this.client.send({
      operation: 'embeddings',
      candidates,
      body: Buffer.from(JSON.stringify(body)),
      stream: false,
      signal,
      requestId: requester.requestId,
    });
    return readEmbeddings(answer, request.texts.length);
  }

  /** What may leave, and whereto. @throws AppError BLOCKED_BY_POLICY, KEPT_LOCAL, and what the shield refuses to search */
  private async shielded(request: EmbeddingRequest, route: ModelRoute): Promise<Shielded> {
    const { requester, projectId, texts, signal } = request;
    const { model, candidates } = route;
    const policy = await this.policies.effectiveOf(requester.principal.organizationId, projectId);
    const isPrivate = candidates.every((upstream) => upstream.isPrivate);
    const examination = await this.shield.examine({
      caller: requester,
      body: { model, input: [...texts], encoding_format: 'float' },
      policy,
      target: { isPrivate },
      conversation: new PassingConversation(),
      signal: () => signal,
    });
    if (examination.blocked.length > 0) throw completionsError('BLOCKED_BY_POLICY');
    if (examination.local.length === 0) return { body: await examination.redact(), candidates };
    const here = candidates.filter((upstream) => upstream.isPrivate);
    if (here.length === 0) throw completionsError('KEPT_LOCAL');
    return this.shielded(request, { ...route, candidates: here });
  }
}

const cannot = (model: string) =>
  completionsError('MODEL_CANNOT', {
    message: `The model ${model} answers questions and makes no vectors. Name an embedding model of a model server.`,
  });
