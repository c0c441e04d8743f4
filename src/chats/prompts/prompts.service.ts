import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory } from '../../accounts/index.js';
import { ShieldKeyring } from '../../completions/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { LibraryRepository } from '../library/library.repository.js';
import { libraryReachOf } from '../library/library-reach.policy.js';
import { LibrarySealer } from '../library/library-sealer.service.js';
import type { Prompt, PromptFilter, PromptTexts } from './prompt.js';
import type { BuiltIn } from './template/prompt-variable.js';
import { builtInsOf, type GivenValues, renderPrompt } from './template/render.js';

/** Reading prompts, and making texts of them. */
@Injectable()
export class PromptsService {
  constructor(
    private readonly library: LibraryRepository,
    private readonly sealer: LibrarySealer,
    private readonly keys: ShieldKeyring.ShieldKeys,
    private readonly users: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getPrompt({ principal }: Caller, id: string): Promise<Prompt> {
    const db = this.dataSource.manager;
    const row = await this.library.find('prompts', libraryReachOf(principal), id, db);
    if (!row) throw platformError('NOT_FOUND');
    return this.sealer.open<PromptTexts>('prompts', row, db);
  }

  async listPrompts(
    { principal }: Caller,
    { command, ...filter }: PromptFilter,
    listing: Listing,
  ): Promise<Listed<Prompt>> {
    const db = this.dataSource.manager;
    const { organizationId } = principal;
    const nameLookup = command === undefined ? undefined : await this.lookupOf(organizationId, command);
    const asked = { ...filter, nameLookup };
    const found = await this.library.list('prompts', libraryReachOf(principal), asked, listing, db);
    const rows = await Promise.all(
      found.rows.map((row) => this.sealer.open<PromptTexts>('prompts', row, db)),
    );
    return { ...found, rows };
  }

  /** What a command is found by. Not to be used inside of a transaction. */
  lookupOf(organizationId: string, command: string): Promise<Buffer> {
    return this.keys.lookupOf(organizationId, 'prompt command', command);
  }

  /** The prompt's text with values in its places. @throws AppError NOT_FOUND, VALIDATION_ERROR naming a value */
  async renderPrompt(caller: Caller, id: string, values: GivenValues): Promise<string> {
    const prompt = await this.getPrompt(caller, id);
    const needed = builtInsOf(prompt.content);
    return renderPrompt(prompt, values, needed.length > 0 ? await this.builtIns(caller, needed) : {});
  }

  private async builtIns({ principal: { userId } }: Caller, needed: readonly BuiltIn[]) {
    const now = new Date().toISOString();
    const user = needed.includes('USER_NAME')
      ? (await this.users.find([userId], this.dataSource.manager)).get(userId)
      : undefined;
    return {
      CURRENT_DATE: now.slice(0, 10),
      CURRENT_TIME: now.slice(11, 16),
      ...(user && { USER_NAME: user.fullName }),
    };
  }
}
