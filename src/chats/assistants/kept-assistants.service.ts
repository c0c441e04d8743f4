import { Injectable } from '@nestjs/common';
import { AssistantPort, type JsonObject } from '../../completions/index.js';
import type { Principal } from '../../platform/http/principal.js';
import type { SeenAssistant } from './assistant.js';
import { AssistantsService } from './assistants.service.js';

/** Most that a list of models shows: each is opened for it, with all its instructions. */
const MOST_LISTED = 200;

/** Hands completions the assistants that members keep. */
@Injectable()
export class KeptAssistants extends AssistantPort.AssistantModels {
  constructor(private readonly assistants: AssistantsService) {
    super();
  }

  async find(principal: Principal, id: string): Promise<AssistantPort.Assistant | undefined> {
    const found = await this.assistants.findAssistant(principal, id);
    if (!found) return undefined;
    const { instructions, parameters, knowledgeIds, toolIds } = found;
    const given = { ...parameters } as JsonObject;
    return { ...cardOf(found), instructions, knowledgeIds, toolIds, parameters: given };
  }

  async list(principal: Principal): Promise<AssistantPort.AssistantCard[]> {
    const page = { number: 1, size: MOST_LISTED, offset: 0 };
    const listing = { page, sort: 'created_at', order: 'desc', after: undefined } as const;
    const { rows } = await this.assistants.listAssistants(principal, {}, listing);
    return rows.map(cardOf);
  }
}

const cardOf = ({ id, name, description, model, createdAt }: SeenAssistant): AssistantPort.AssistantCard => ({
  ...{ id, name, description, model, createdAt },
});
