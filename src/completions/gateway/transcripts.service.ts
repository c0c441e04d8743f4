import { Injectable } from '@nestjs/common';
import type { Requester } from '../../platform/http/request-context.js';
import { isObject, type JsonObject } from '../json.js';
import { ShieldPolicies } from '../policies/shield-policies.service.js';
import type { TokensToStore } from '../shield/conversation.js';
import type { StoredConversation } from '../shield/conversations.repository.js';
import { Conversations } from '../shield/conversations.service.js';
import { keptPolicy } from '../shield/kept-policy.js';
import { Shield } from '../shield/shield.service.js';

/** Messages to be kept, and whose they are. */
export interface TranscriptInput {
  /** The project whose policy holds. */
  readonly projectId: string | undefined;
  readonly conversation: StoredConversation;
  /** As OpenAI's messages; they are not changed. */
  readonly messages: readonly JsonObject[];
  readonly signal?: () => AbortSignal;
}

export interface HiddenTranscript {
  /** The messages, in their order, with tokens of the conversation in place of what the shield finds. */
  readonly messages: readonly JsonObject[];
  /** To be stored in the transaction that stores them; undefined when none is new. */
  readonly prepared: TokensToStore | undefined;
}

/** Makes text that is kept say nothing of anybody without the tokens of its conversation. */
@Injectable()
export class Transcripts {
  constructor(
    private readonly policies: ShieldPolicies,
    private readonly shield: Shield,
    private readonly conversations: Conversations,
  ) {}

  /**
   * Secrets of the organization's vault are taken out for good; whatever else the policy does not allow becomes a token.
   * @throws AppError as the shield does: text that cannot be searched is not kept
   */
  async hide(caller: Requester, input: TranscriptInput): Promise<HiddenTranscript> {
    const { projectId, conversation: stored, messages, signal } = input;
    const policy = keptPolicy(await this.policies.effectiveOf(caller.principal.organizationId, projectId));
    const conversation = this.conversations.conversationOf(caller, projectId, stored.id, { stored });
    const body = { messages: [...messages] };
    const target = { isPrivate: false };
    const examined = { caller, body, policy, target, conversation, ...(signal && { signal }) };
    const shielded = await (await this.shield.examine(examined)).shield();
    const { messages: hidden } = shielded.body;
    if (!Array.isArray(hidden)) throw new Error('messages are gone');
    return { messages: hidden.filter(isObject), prepared: shielded.prepared };
  }
}
