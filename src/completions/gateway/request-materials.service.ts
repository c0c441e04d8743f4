import { Injectable } from '@nestjs/common';
import type { FoundPassage } from '../../knowledge/index.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Assistant } from '../assistant-models.js';
import { Grounding } from '../grounding/grounding.service.js';
import { Assistants } from '../models/assistants.service.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import type { OfferedTools } from '../tools/offered-tools.js';
import { ToolOffers } from '../tools/tool-offers.service.js';
import { assistedRequest } from './assisted-request.js';

/** A request, and whom it names in place of a model. */
export interface AssistedRequest {
  readonly asked: ChatRequest;
  readonly assistant: Assistant | undefined;
}

/** What a request draws from. */
export interface Materials {
  readonly passages: readonly FoundPassage[];
  readonly offered: OfferedTools | undefined;
}

/** Gets what requests name: an assistant, knowledge, tools. */
@Injectable()
export class RequestMaterials {
  constructor(
    private readonly assistants: Assistants,
    private readonly grounding: Grounding,
    private readonly tools: ToolOffers,
  ) {}

  /** The request as the assistant's model is asked, where it names one. @throws AppError MODEL_NOT_FOUND, VALIDATION_ERROR */
  async assisted({ principal }: Caller, given: ChatRequest): Promise<AssistedRequest> {
    const assistant = await this.assistants.named(principal, given.model);
    return { asked: assistant ? assistedRequest(given, assistant) : given, assistant };
  }

  /** @throws AppError NOT_FOUND, PERMISSION_DENIED, VALIDATION_ERROR for what cannot be drawn from */
  async of(caller: Caller, asked: ChatRequest): Promise<Materials> {
    const [passages, offered] = await Promise.all([
      this.grounding.passagesFor(caller, asked),
      this.tools.offersFor(caller, asked),
    ]);
    return { passages, offered };
  }
}
