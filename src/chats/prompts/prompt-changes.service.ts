import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type AppError, platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { chatError } from '../chats.errors.js';
import { LibraryRepository } from '../library/library.repository.js';
import type { LibraryRow } from '../library/library-item.js';
import { LibraryNewsWriter } from '../library/library-news.service.js';
import { assertMayChange, assertMayCreate, libraryReachOf } from '../library/library-reach.policy.js';
import { LibrarySealer } from '../library/library-sealer.service.js';
import type { Prompt, PromptChange, PromptChoice, PromptTexts } from './prompt.js';
import { assertPrompt } from './template/prompt-rules.js';

/** Changing prompts: each change has its audit row, both or none. */
@Injectable()
export class PromptChangesService {
  constructor(
    private readonly library: LibraryRepository,
    private readonly sealer: LibrarySealer,
    private readonly news: LibraryNewsWriter,
  ) {}

  /**
   * @param nameLookup what its command is found by
   * @throws AppError VALIDATION_ERROR, PERMISSION_DENIED, PROMPT_COMMAND_TAKEN
   */
  async createPrompt(caller: Caller, choice: PromptChoice, nameLookup: Buffer, tx: Tx): Promise<Prompt> {
    const { organizationId, userId } = caller.principal;
    assertMayCreate(caller.principal, choice.visibility);
    assertPrompt(choice.content, choice.variables);
    const now = new Date();
    const place = { organizationId, id: newId('prompt'), version: 1 };
    const prompt = { ...choice, ...place, userId, createdAt: now, updatedAt: now };
    if (!(await this.library.insert('prompts', await this.rowOf(prompt, nameLookup, tx), tx)))
      throw commandTaken(prompt);
    await this.news.tell(caller, 'prompts', prompt, 'created', tx);
    return prompt;
  }

  /**
   * @param nameLookup of the new command, where it gets one
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, PERMISSION_DENIED, VALIDATION_ERROR, PROMPT_COMMAND_TAKEN
   */
  async changePrompt(
    caller: Caller,
    id: string,
    change: PromptChange,
    nameLookup: Buffer | undefined,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Prompt> {
    const row = await this.lock(caller, id, ifMatch, tx);
    assertMayChange(caller.principal, row, change.visibility);
    const before = await this.sealer.open<PromptTexts>('prompts', row, tx);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const prompt: Prompt = { ...before, ...given, version: row.version + 1, updatedAt: new Date() };
    assertPrompt(prompt.content, prompt.variables);
    const changed = await this.rowOf(prompt, nameLookup ?? row.nameLookup, tx);
    if (!(await this.library.update('prompts', changed, tx))) throw commandTaken(prompt);
    await this.news.tell(caller, 'prompts', prompt, 'updated', tx);
    return prompt;
  }

  /** For good. @throws AppError NOT_FOUND, PRECONDITION_FAILED, PERMISSION_DENIED */
  async deletePrompt(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const row = await this.lock(caller, id, ifMatch, tx);
    assertMayChange(caller.principal, row);
    await this.library.delete('prompts', row, tx);
    await this.news.tell(caller, 'prompts', row, 'deleted', tx);
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<LibraryRow> {
    const row = await this.library.lock('prompts', libraryReachOf(principal), id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  private async rowOf(prompt: Prompt, nameLookup: Buffer, tx: Tx): Promise<LibraryRow> {
    const { command, title, content, variables, ...item } = prompt;
    const texts: PromptTexts = { command, title, content, variables };
    return { ...item, nameLookup, textsSealed: await this.sealer.seal('prompts', item, texts, tx) };
  }
}

const commandTaken = ({ visibility }: Prompt): AppError =>
  chatError('PROMPT_COMMAND_TAKEN', {
    ...(visibility === 'team' && {
      message: 'The team has a prompt of this command. Choose another command, or change that prompt.',
    }),
    details: { field: 'command', constraint: 'unique' },
  });
