import { Injectable } from '@nestjs/common';
import { AssistantPort, ModelsService } from '../../../completions/index.js';
import { KnowledgeSources } from '../../../knowledge/index.js';
import { invalidField } from '../../../platform/errors/app-error.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { ToolsService } from '../../tools/tools.service.js';
import type { AssistantChange } from '../assistant.js';
import { AssistantChangesService } from '../assistant-changes.service.js';
import { AssistantsService } from '../assistants.service.js';
import type {
  AssistantDto,
  AssistantListDto,
  AssistantQuery,
  CreateAssistantDto,
  UpdateAssistantDto,
} from './assistant.dto.js';
import { changeOf, presentAssistant } from './assistant.presenter.js';

const CHANGEABLE = [
  ...(['name', 'description', 'model', 'instructions', 'parameters', 'knowledge_ids'] as const),
  ...(['tool_ids', 'conversation_starters', 'visibility'] as const),
];

/** Assistants as clients see them. */
@Injectable()
export class AssistantOperations {
  constructor(
    private readonly assistants: AssistantsService,
    private readonly changes: AssistantChangesService,
    private readonly models: ModelsService,
    private readonly knowledge: KnowledgeSources,
    private readonly tools: ToolsService,
    private readonly writes: Writes,
  ) {}

  async createAssistant(caller: Caller, body: CreateAssistantDto): Promise<AssistantDto> {
    const { name, model, visibility } = body;
    const { description, instructions, parameters, knowledgeIds, toolIds, conversationStarters } =
      changeOf(body);
    const choice = {
      ...{ name: cleanName(name), description: description ?? null, model, instructions: instructions ?? '' },
      ...{ parameters: parameters ?? {}, knowledgeIds: knowledgeIds ?? [], toolIds: toolIds ?? [] },
      ...{ conversationStarters: conversationStarters ?? [], visibility },
    };
    await this.check(caller, choice);
    const lookup = await this.assistants.lookupOf(caller.principal.organizationId, choice.name);
    return this.writes.run(caller, async (tx) =>
      presentAssistant(await this.changes.createAssistant(caller, choice, lookup, tx)),
    );
  }

  async listAssistants({ principal }: Caller, query: AssistantQuery): Promise<AssistantListDto> {
    const listing = listingOf(query);
    const { name, visibility, mine, created_after, created_before } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { ...range, name: name && cleanName(name), visibility, isOwn: mine };
    const listed = await this.assistants.listAssistants(principal, filter, listing);
    return listEnvelope(listed, listing, presentAssistant);
  }

  async getAssistant({ principal }: Caller, id: string): Promise<AssistantDto> {
    return presentAssistant(await this.assistants.getAssistant(principal, id));
  }

  /** What the body leaves out stays. */
  async updateAssistant(
    caller: Caller,
    id: string,
    body: UpdateAssistantDto,
    ifMatch: IfMatch,
  ): Promise<AssistantDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const { organizationId } = caller.principal;
    const name = body.name === undefined ? undefined : cleanName(body.name);
    const change = { ...changeOf(body), name };
    // What is not theirs to see is not told from what is not there by what is wrong with the rest.
    await this.assistants.getAssistant(caller.principal, id);
    await this.check(caller, change);
    const lookup = name === undefined ? undefined : await this.assistants.lookupOf(organizationId, name);
    return this.writes.run(caller, async (tx) =>
      presentAssistant(await this.changes.changeAssistant(caller, id, change, lookup, ifMatch, tx)),
    );
  }

  async deleteAssistant(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteAssistant(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  /** @throws AppError VALIDATION_ERROR, MODEL_NOT_FOUND, PERMISSION_DENIED, NOT_FOUND naming the knowledge base or tool */
  private async check(
    caller: Caller,
    { model, knowledgeIds = [], toolIds = [] }: AssistantChange,
  ): Promise<void> {
    if (model !== undefined && AssistantPort.isAssistantId(model)) {
      const message = "'model' must be a model: an assistant does not answer by another assistant.";
      throw invalidField('model', 'model', message);
    }
    if (model !== undefined) await this.models.get(caller.principal, model);
    const sources = knowledgeIds.map((id, at) => ({ id, field: `knowledge_ids[${at}]` }));
    await this.knowledge.assertReadable(
      caller,
      sources.map((source) => ({ ...source, kind: 'knowledge_base' as const })),
    );
    await this.tools.assertThere(caller, toolIds);
  }
}

const cleanName = (name: string): string => {
  const clean = name.trim().normalize('NFC');
  if (clean === '') throw invalidField('name', 'minLength', "'name' must hold more than blanks.");
  return clean;
};
