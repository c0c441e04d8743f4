import { Injectable } from '@nestjs/common';
import type { AppError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatTurn } from '../chat-turns.js';
import { completionsError } from '../completions.errors.js';
import { insertionOf, withQuotable, withSources } from '../grounding/grounded-request.js';
import type { Sources } from '../grounding/grounding.service.js';
import type { JsonObject } from '../json.js';
import type { ModelRoute } from '../models/model-route.js';
import { ModelRouter } from '../models/model-router.service.js';
import { ShieldPolicies } from '../policies/shield-policies.service.js';
import type { EffectivePolicy } from '../policies/shield-policy.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import type { Conversation } from '../shield/conversation.js';
import { Conversations } from '../shield/conversations.service.js';
import type { Examination, SecretsAhead } from '../shield/examination.js';
import { Shield } from '../shield/shield.service.js';
import type { LookedUp } from './completion-look-ups.service.js';
import type { CompletionPlan } from './completion-plan.js';
import { RequestMaterials } from './request-materials.service.js';

interface Circumstances {
  readonly caller: Caller;
  readonly request: ChatRequest;
  readonly policy: EffectivePolicy;
  readonly conversation: Conversation;
  readonly signal: () => AbortSignal;
  readonly ahead?: SecretsAhead;
}

/** A route, and what was found on the way there. */
type Look = Pick<CompletionPlan, 'route' | 'builtIn' | 'isPrivate' | 'isShielded' | 'examination'>;

/** Decides what becomes of a request before anything of it leaves. */
@Injectable()
export class CompletionPlanner {
  constructor(
    private readonly materials: RequestMaterials,
    private readonly router: ModelRouter,
    private readonly policies: ShieldPolicies,
    private readonly shield: Shield,
    private readonly conversations: Conversations,
  ) {}

  /**
   * @param options `isRehearsal`: nothing will be sent, so nothing may be stored; `lookedUp`: what is on its way already
   * @throws AppError MODEL_NOT_FOUND, NOT_FOUND for knowledge that is not there, and what the shield refuses to search
   */
  async plan(
    caller: Caller,
    given: ChatRequest,
    projectId: string | undefined,
    options: {
      readonly isRehearsal: boolean;
      readonly signal: () => AbortSignal;
      readonly turn: ChatTurn | undefined;
      readonly lookedUp?: LookedUp | undefined;
    },
  ): Promise<CompletionPlan> {
    const { organizationId } = caller.principal;
    const ahead = options.lookedUp?.secrets ?? this.shield.lookAhead(organizationId);
    const { asked, assistant } = await this.materials.assisted(caller, given);
    const [route, policy, { passages, offered }] = await Promise.all([
      this.router.route(assistant?.model ?? given.model, caller.principal),
      options.lookedUp?.policy ?? this.policies.effectiveOf(organizationId, projectId),
      this.materials.of(caller, asked),
    ]);
    const sources = { passages, at: insertionOf(asked.body) };
    const toldOfSources = grounded(asked, sources, route);
    const request = offered ? { ...toldOfSources, body: offered.offer(toldOfSources.body) } : toldOfSources;
    const conversation = this.conversations.conversationOf(caller, projectId, request.chatId, {
      isRehearsal: options.isRehearsal,
      stored: options.turn?.conversation,
    });
    const circumstances = { caller, request, policy, conversation, signal: options.signal };
    const look = await this.keptLocal(circumstances, await this.look({ ...circumstances, ahead }, route));
    if (offered) assertCalls(look);
    const planned = { request, assistant, projectId, sources, offered, policy, conversation };
    return { ...planned, ...look, refusal: refusalOf(policy, look) };
  }

  /**
   * The same plan for what its request has become: searched anew as a whole, and sent where the request was.
   * @throws AppError what the shield refuses to search
   */
  async continued(
    caller: Caller,
    plan: CompletionPlan,
    body: JsonObject,
    signal: () => AbortSignal,
  ): Promise<CompletionPlan> {
    const { policy, conversation, route } = plan;
    const request = { ...plan.request, body };
    const ahead = this.shield.lookAhead(caller.principal.organizationId);
    const look = await this.look({ caller, request, policy, conversation, signal, ahead }, route);
    return { ...plan, request, ...look, refusal: refusalOf(policy, look, OF_TOOLS) };
  }

  private async look({ request, ...rest }: Circumstances, route: ModelRoute): Promise<Look> {
    const { builtIn } = route;
    if (builtIn) return { route, builtIn, isPrivate: true, isShielded: false, examination: undefined };
    // What is sent to one of several is sent to the next when that one fails: the same bytes, fit for all of them.
    const isPrivate = route.candidates.every((upstream) => upstream.isPrivate);
    const { body } = request;
    const examination = await this.shield.examine({ ...rest, body, target: { isPrivate } });
    const isShielded = !isPrivate || rest.policy.shield_private;
    return { route, builtIn: undefined, isPrivate, isShielded, examination };
  }

  /** The same on private model servers, where something has to stay on them and there are any. */
  private async keptLocal(circumstances: Circumstances, look: Look): Promise<Look> {
    const { examination, route, isPrivate } = look;
    if (isPrivate || !examination || examination.local.length === 0 || examination.blocked.length > 0)
      return look;
    const here = privatePartOf(route);
    if (here) return this.look(circumstances, here);
    const { policy, caller } = circumstances;
    if (policy.local_model === null) return look;
    const other = privatePartOf(await this.router.route(policy.local_model, caller.principal));
    return other ? this.look(circumstances, other) : look;
  }
}

/** Passages come in before anything is searched: they are shielded like all else. */
function grounded(asked: ChatRequest, { passages }: Sources, { builtIn }: ModelRoute): ChatRequest {
  if (passages.length === 0) return asked;
  return { ...asked, body: builtIn ? withQuotable(asked.body, passages) : withSources(asked.body, passages) };
}

/** A route that leads nowhere but to private model servers, or stays here; undefined when there is none. */
function privatePartOf(route: ModelRoute): ModelRoute | undefined {
  if (route.builtIn) return route;
  const candidates = route.candidates.filter((upstream) => upstream.isPrivate);
  return candidates.length > 0 ? { ...route, candidates } : undefined;
}

/** @throws AppError MODEL_CANNOT for a model of this server that calls no tools */
function assertCalls({ builtIn }: Look): void {
  if (!builtIn || builtIn.capabilities.tools) return;
  throw completionsError('MODEL_CANNOT', {
    message: `${builtIn.id} calls no tools. Choose another model, or name none: neither in 'tool_ids' nor by the assistant.`,
    details: { field: 'tool_ids', constraint: 'capability' },
  });
}

/** Where something was found that may not leave. */
interface Finding {
  readonly where: string;
  readonly field: string;
  readonly remedy: string;
}

const OF_REQUEST: Finding = { where: 'The request', field: 'messages', remedy: 'Remove it' };
const OF_TOOLS: Finding = {
  where: 'What a tool was asked or has answered',
  field: 'tool_ids',
  remedy: 'Leave the tool out',
};

function refusalOf(
  policy: EffectivePolicy,
  { examination, isPrivate }: Look,
  finding = OF_REQUEST,
): AppError | undefined {
  if (!examination) return undefined;
  const { blocked, local, attachments } = examination;
  if (blocked.length > 0)
    return withTypes('BLOCKED_BY_POLICY', 'does not let through to a model', examination, finding);
  if (isPrivate) return undefined;
  if (local.length > 0)
    return withTypes('KEPT_LOCAL', 'keeps on private model servers', examination, finding);
  const [attachment] = attachments;
  if (attachment === undefined || policy.attachments === 'allow') return undefined;
  return completionsError('ATTACHMENT_REFUSED', {
    details: { field: attachment, constraint: 'policy' },
  });
}

function withTypes(
  code: 'BLOCKED_BY_POLICY' | 'KEPT_LOCAL',
  what: string,
  found: Examination,
  { where, field, remedy }: Finding,
): AppError {
  const types = code === 'BLOCKED_BY_POLICY' ? found.blocked : found.local;
  const advice =
    code === 'BLOCKED_BY_POLICY'
      ? `${remedy}, or ask who sets the policy.`
      : 'Choose a model on one of those.';
  return completionsError(code, {
    message: `${where} holds what the policy ${what}: ${types.join(', ')}. ${advice}`,
    details: { field, constraint: 'policy' },
  });
}
