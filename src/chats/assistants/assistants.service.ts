import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ShieldKeyring } from '../../completions/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Principal } from '../../platform/http/principal.js';
import { LibraryRepository } from '../library/library.repository.js';
import type { LibraryRow } from '../library/library-item.js';
import { libraryReachOf } from '../library/library-reach.policy.js';
import { LibrarySealer } from '../library/library-sealer.service.js';
import { type AssistantFilter, type AssistantTexts, NOTHING_BOUND, type SeenAssistant } from './assistant.js';
import { AssistantBindingsRepository } from './assistant-bindings.repository.js';

/** Reading assistants. */
@Injectable()
export class AssistantsService {
  constructor(
    private readonly library: LibraryRepository,
    private readonly bindings: AssistantBindingsRepository,
    private readonly sealer: LibrarySealer,
    private readonly keys: ShieldKeyring.ShieldKeys,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getAssistant(principal: Principal, id: string): Promise<SeenAssistant> {
    const found = await this.findAssistant(principal, id);
    if (!found) throw platformError('NOT_FOUND');
    return found;
  }

  /** Undefined for one that is missing, or that they do not see. */
  async findAssistant(principal: Principal, id: string): Promise<SeenAssistant | undefined> {
    const db = this.dataSource.manager;
    const row = await this.library.find('assistants', libraryReachOf(principal), id, db);
    return row && (await this.open(principal.organizationId, [row], db))[0];
  }

  async listAssistants(
    principal: Principal,
    { name, ...filter }: AssistantFilter,
    listing: Listing,
  ): Promise<Listed<SeenAssistant>> {
    const db = this.dataSource.manager;
    const { organizationId } = principal;
    const nameLookup = name === undefined ? undefined : await this.lookupOf(organizationId, name);
    const asked = { ...filter, nameLookup };
    const found = await this.library.list('assistants', libraryReachOf(principal), asked, listing, db);
    return { ...found, rows: await this.open(organizationId, found.rows, db) };
  }

  /** What a name is found by. Not to be used inside of a transaction. */
  lookupOf(organizationId: string, name: string): Promise<Buffer> {
    return this.keys.lookupOf(organizationId, 'assistant name', name);
  }

  /** Rows of one organization, in their order. @throws OpenError when one was changed or moved */
  async open(organizationId: string, rows: readonly LibraryRow[], db: Tx): Promise<SeenAssistant[]> {
    const ids = rows.map(({ id }) => id);
    const bindings = await this.bindings.of(organizationId, ids, db);
    const opened: SeenAssistant[] = [];
    for (const row of rows) {
      const assistant = await this.sealer.open<AssistantTexts>('assistants', row, db);
      opened.push({ ...assistant, ...(bindings.get(row.id) ?? NOTHING_BOUND) });
    }
    return opened;
  }
}
