import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { completionsError } from '../completions.errors.js';
import { baseUrlOf, originOf } from './base-url.js';
import { DEFAULT_UPSTREAM, type StoredUpstream, type UpstreamChange } from './upstream.js';
import { UpstreamDirectory } from './upstream-directory.service.js';
import { UpstreamKeys } from './upstream-keys.service.js';
import { UpstreamsRepository } from './upstreams.repository.js';

type NewUpstream = UpstreamChange & Pick<StoredUpstream, 'name' | 'baseUrl'>;

/** Changing model servers: each change has its audit row, both or none. Every process follows within a second. */
@Injectable()
export class UpstreamChangesService {
  constructor(
    private readonly repository: UpstreamsRepository,
    private readonly keys: UpstreamKeys,
    private readonly directory: UpstreamDirectory,
    private readonly audit: AuditWriter,
  ) {}

  /** @throws AppError VALIDATION_ERROR for an address that is none, UPSTREAM_EXISTS */
  async createUpstream(caller: Caller, { apiKey, ...given }: NewUpstream, tx: Tx): Promise<StoredUpstream> {
    const now = new Date();
    const place = { id: newId('up'), baseUrl: baseUrlOf(given.baseUrl) };
    await this.claimName(given.name, place.id, tx);
    const made: StoredUpstream = {
      ...DEFAULT_UPSTREAM,
      ...withoutGaps(given),
      ...place,
      name: given.name,
      keySealed: apiKey ? await this.keys.seal(place, apiKey, tx) : null,
      version: 1,
      createdBy: caller.principal.userId,
      createdAt: now,
      updatedAt: now,
    };
    await this.repository.insert(made, tx);
    await this.tell(caller, made, 'created', {}, tx);
    return made;
  }

  /**
   * Changes of model servers follow one another, so that none is lost.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, UPSTREAM_EXISTS; VALIDATION_ERROR for an address that is none, or one
   *   elsewhere without saying which key goes there
   */
  async changeUpstream(
    caller: Caller,
    id: string,
    { apiKey, ...change }: UpstreamChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<StoredUpstream> {
    await this.repository.lock(tx);
    const row = await this.find(id, ifMatch, tx);
    const settings = { ...row, ...withoutGaps(change) };
    if (change.name !== undefined) await this.claimName(change.name, id, tx);
    const baseUrl = change.baseUrl === undefined ? row.baseUrl : baseUrlOf(change.baseUrl);
    const changed: StoredUpstream = {
      ...settings,
      baseUrl,
      keySealed: await this.keyOf(row, baseUrl, apiKey, tx),
      version: row.version + 1,
      updatedAt: new Date(),
    };
    await this.repository.update(changed, tx);
    const names = Object.keys(withoutGaps({ apiKey, ...change })).sort();
    await this.tell(caller, changed, 'updated', { changed: names.join(' ') }, tx);
    return changed;
  }

  /** Answers under way go on. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async deleteUpstream(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    await this.repository.lock(tx);
    const row = await this.find(id, ifMatch, tx);
    await this.repository.delete(id, tx);
    await this.tell(caller, row, 'deleted', {}, tx);
  }

  private async claimName(name: string, id: string, tx: Tx): Promise<void> {
    await this.repository.lock(tx);
    if (!(await this.repository.isNamed(name, id, tx))) return;
    throw completionsError('UPSTREAM_EXISTS', { details: { field: 'name', constraint: 'unique' } });
  }

  private async find(id: string, ifMatch: IfMatch, tx: Tx): Promise<StoredUpstream> {
    const row = await this.repository.find(id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  /** A key goes nowhere that whoever gave it did not name: a new place wants a new word about it. */
  private async keyOf(
    row: StoredUpstream,
    baseUrl: string,
    apiKey: string | null | undefined,
    tx: Tx,
  ): Promise<Buffer | null> {
    if (apiKey) return this.keys.seal({ id: row.id, baseUrl }, apiKey, tx);
    if (apiKey === null || !row.keySealed) return null;
    if (originOf(baseUrl) === originOf(row.baseUrl)) return row.keySealed;
    const message =
      "'base_url' leads elsewhere: the stored key is not sent there. Send 'api_key' with it, or null for none.";
    throw invalidField('api_key', 'required', message);
  }

  private async tell(
    caller: Caller,
    { id, name, version }: StoredUpstream,
    news: 'created' | 'updated' | 'deleted',
    more: { readonly changed?: string },
    tx: Tx,
  ): Promise<void> {
    this.directory.forgetAfter(tx);
    const { details, ...entry } = auditOf(caller);
    await this.audit.append(
      {
        ...entry,
        action: `upstream.${news}`,
        target: { type: 'upstream', id },
        details: { ...details, name, version, ...more },
      },
      tx,
    );
  }
}

/** What is given, without what is there but undefined. */
const withoutGaps = <T extends object>(given: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
