import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { LibraryRepository } from '../library/library.repository.js';
import type { LibraryRow } from '../library/library-item.js';
import { LibraryNewsWriter } from '../library/library-news.service.js';
import { assertMayChange, assertMayCreate, libraryReachOf } from '../library/library-reach.policy.js';
import { LibrarySealer } from '../library/library-sealer.service.js';
import {
  type AssistantChange,
  type AssistantChoice,
  type AssistantTexts,
  type SeenAssistant,
  tagOf,
} from './assistant.js';
import { AssistantBindingsRepository } from './assistant-bindings.repository.js';
import { AssistantsService } from './assistants.service.js';

interface Locked {
  readonly row: LibraryRow;
  readonly assistant: SeenAssistant;
}

/** Changing assistants: each change has its audit row, both or none. What they name was checked before. */
@Injectable()
export class AssistantChangesService {
  constructor(
    private readonly library: LibraryRepository,
    private readonly bindings: AssistantBindingsRepository,
    private readonly assistants: AssistantsService,
    private readonly sealer: LibrarySealer,
    private readonly news: LibraryNewsWriter,
  ) {}

  /** @param nameLookup what its name is found by @throws AppError PERMISSION_DENIED, NOT_FOUND for knowledge and tools that are gone */
  async createAssistant(
    caller: Caller,
    choice: AssistantChoice,
    nameLookup: Buffer,
    tx: Tx,
  ): Promise<SeenAssistant> {
    const { organizationId, userId } = caller.principal;
    assertMayCreate(caller.principal, choice.visibility);
    const now = new Date();
    const place = { organizationId, id: newId('asst'), version: 1 };
    const assistant = { ...choice, ...place, userId, createdAt: now, updatedAt: now };
    await this.library.insert('assistants', await this.rowOf(assistant, nameLookup, tx), tx);
    await this.bind(assistant, assistant, tx);
    await this.news.tell(caller, 'assistants', assistant, 'created', tx);
    return assistant;
  }

  /**
   * @param nameLookup of the new name, where it gets one
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, PERMISSION_DENIED
   */
  async changeAssistant(
    caller: Caller,
    id: string,
    change: AssistantChange,
    nameLookup: Buffer | undefined,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<SeenAssistant> {
    const { row, assistant: before } = await this.lock(caller, id, ifMatch, tx);
    assertMayChange(caller.principal, row, change.visibility);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const assistant: SeenAssistant = {
      ...before,
      ...given,
      version: row.version + 1,
      updatedAt: new Date(),
    };
    await this.library.update(
      'assistants',
      await this.rowOf(assistant, nameLookup ?? row.nameLookup, tx),
      tx,
    );
    await this.bind(assistant, change, tx);
    await this.news.tell(caller, 'assistants', assistant, 'updated', tx);
    return assistant;
  }

  /** For good; chats with it stay. @throws AppError NOT_FOUND, PRECONDITION_FAILED, PERMISSION_DENIED */
  async deleteAssistant(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const { row } = await this.lock(caller, id, ifMatch, tx);
    assertMayChange(caller.principal, row);
    await this.library.delete('assistants', row, tx);
    await this.news.tell(caller, 'assistants', row, 'deleted', tx);
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<Locked> {
    const row = await this.library.lock('assistants', libraryReachOf(principal), id, tx);
    const assistant = row && (await this.assistants.open(row.organizationId, [row], tx))[0];
    if (!assistant) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, tagOf(assistant));
    return { row, assistant };
  }

  private async bind(
    assistant: SeenAssistant,
    { knowledgeIds, toolIds }: AssistantChange,
    tx: Tx,
  ): Promise<void> {
    if (knowledgeIds && !(await this.bindings.set(assistant, 'knowledgeIds', knowledgeIds, tx)))
      throw goneIn('knowledge_ids');
    if (toolIds && !(await this.bindings.set(assistant, 'toolIds', toolIds, tx))) throw goneIn('tool_ids');
  }

  private async rowOf(assistant: SeenAssistant, nameLookup: Buffer, tx: Tx): Promise<LibraryRow> {
    const { name, description, model, instructions, parameters, conversationStarters, ...rest } = assistant;
    const { knowledgeIds: _, toolIds: __, ...item } = rest;
    const texts: AssistantTexts = {
      name,
      description,
      model,
      instructions,
      parameters,
      conversationStarters,
    };
    return { ...item, nameLookup, textsSealed: await this.sealer.seal('assistants', item, texts, tx) };
  }
}

const goneIn = (field: string) => platformError('NOT_FOUND', { details: { field, constraint: 'exists' } });
