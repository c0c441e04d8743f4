import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { PromptChangesService } from '../prompt-changes.service.js';
import { PromptsService } from '../prompts.service.js';
import type {
  CreatePromptDto,
  PromptDto,
  PromptListDto,
  PromptQuery,
  RenderedPromptDto,
  RenderPromptDto,
  UpdatePromptDto,
} from './prompt.dto.js';
import { presentPrompt, variableOf } from './prompt.presenter.js';

const CHANGEABLE = ['command', 'title', 'content', 'variables', 'visibility'] as const;

/** Prompts as clients see them. */
@Injectable()
export class PromptOperations {
  constructor(
    private readonly prompts: PromptsService,
    private readonly changes: PromptChangesService,
    private readonly writes: Writes,
  ) {}

  async createPrompt(caller: Caller, body: CreatePromptDto): Promise<PromptDto> {
    const { organizationId } = caller.principal;
    const { command, title, content, visibility } = body;
    const variables = (body.variables ?? []).map(variableOf);
    const choice = { command, title, content, variables, visibility };
    const lookup = await this.prompts.lookupOf(organizationId, command);
    return this.writes.run(caller, async (tx) =>
      presentPrompt(await this.changes.createPrompt(caller, choice, lookup, tx)),
    );
  }

  async listPrompts(caller: Caller, query: PromptQuery): Promise<PromptListDto> {
    const listing = listingOf(query);
    const { command, visibility, mine, created_after, created_before } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { ...range, command, visibility, isOwn: mine };
    return listEnvelope(await this.prompts.listPrompts(caller, filter, listing), listing, presentPrompt);
  }

  async getPrompt(caller: Caller, id: string): Promise<PromptDto> {
    return presentPrompt(await this.prompts.getPrompt(caller, id));
  }

  /** What the body leaves out stays. */
  async updatePrompt(
    caller: Caller,
    id: string,
    body: UpdatePromptDto,
    ifMatch: IfMatch,
  ): Promise<PromptDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const { command } = body;
    const change = { ...body, variables: body.variables?.map(variableOf) };
    const lookup =
      command === undefined
        ? undefined
        : await this.prompts.lookupOf(caller.principal.organizationId, command);
    return this.writes.run(caller, async (tx) =>
      presentPrompt(await this.changes.changePrompt(caller, id, change, lookup, ifMatch, tx)),
    );
  }

  async deletePrompt(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deletePrompt(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  async renderPrompt(
    caller: Caller,
    id: string,
    { values = {} }: RenderPromptDto,
  ): Promise<RenderedPromptDto> {
    return { text: await this.prompts.renderPrompt(caller, id, values) };
  }
}
