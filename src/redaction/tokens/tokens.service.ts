import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { runCooperatively } from '../engine/cooperation.js';
import { SUPPORTED_TYPES } from '../engine/supported-types.js';
import { publicName } from '../engine/type-names.js';
import { collectCodes } from './document-tokens.js';
import { chunksOf, inSteps, type Pace } from './pace.js';
import type { TokenScope } from './project-tokens.js';
import type { TokenValue } from './token-digests.js';
import { TokenEntrySealer } from './token-entry.sealer.js';
import type { Token } from './token-form.js';
import { type PreparedTokens, TokenIssuer, type Tokens } from './token-issuer.service.js';
import type { TokenRecord } from './token-record.js';
import { MOST_RESTORED, type Resolution, RestoredTooLargeError, Restorer } from './token-restorer.js';
import { TokenScopes } from './token-scopes.service.js';
import { TokensRepository } from './tokens.repository.js';

const BULK = 5_000;
const BUILT_IN = SUPPORTED_TYPES.map(({ name }) => publicName(name));

/** What was put back, and what was left. */
export interface Restored {
  /** As given, with values in place of tokens. */
  readonly leaves: readonly string[];
  readonly restored: number;
  readonly left: number;
  /** The first hundred that were left. */
  readonly listed: Restorer['listed'];
}

/** The one owner of tokens: makes, resolves and erases them, within a scope. */
@Injectable()
export class TokensService {
  constructor(
    private readonly scopes: TokenScopes,
    private readonly issuer: TokenIssuer,
    private readonly repository: TokensRepository,
    private readonly sealer: TokenEntrySealer,
    private readonly dataSource: DataSource,
  ) {}

  /** Does what is slow about {@link tokenize}, before the transaction; see {@link TokenIssuer.prepare}. */
  prepare(scope: TokenScope, values: Iterable<TokenValue>, pace: Pace): Promise<PreparedTokens> {
    return this.issuer.prepare(scope, values, this.dataSource.manager, pace);
  }

  /** Does the rest; see {@link TokenIssuer.store}. */
  store(prepared: PreparedTokens, tx: Tx): Promise<Tokens> {
    return this.issuer.store(prepared, tx);
  }

  /**
   * The tokens of values; the same value in the same scope has the same token, until it is erased. For a few values:
   * more take {@link prepare} and {@link store}.
   */
  async tokenize(scope: TokenScope, values: Iterable<TokenValue>, tx: Tx): Promise<Tokens> {
    return this.issuer.store(await this.issuer.prepare(scope, values, tx), tx);
  }

  /** Puts values back in place of their tokens, in every text. */
  async restore(scope: TokenScope, leaves: readonly string[], pace: Pace = {}): Promise<Restored> {
    const codes = new Set<string>();
    for (const leaf of leaves) await runCooperatively(collectCodes(leaf, codes), pace);
    const restorer = await this.restorer(scope, codes, pace);
    const texts: string[] = [];
    for (const leaf of leaves) texts.push((await runCooperatively(restorer.restore(leaf), pace)) ?? leaf);
    return { leaves: texts, restored: restorer.restored, left: restorer.left, listed: restorer.listed };
  }

  /**
   * What puts back the values of the given codes; without a scope none is known.
   * @throws RestoredTooLargeError when the values alone are more than one answer can hold
   */
  async restorer(scope: TokenScope | undefined, codes: Iterable<string>, pace: Pace = {}): Promise<Restorer> {
    if (!scope) return new Restorer(new Map(), BUILT_IN);
    const resolutions = await this.resolutions(scope, codes, pace);
    const types = await this.repository.findTypes(scope, this.dataSource.manager);
    return new Restorer(resolutions, [...BUILT_IN, ...types]);
  }

  /**
   * What those of the codes stand for that were ever issued, by code; no text where the value was erased.
   * @throws RestoredTooLargeError when the values alone are more than one answer can hold
   */
  async resolutions(
    scope: TokenScope,
    codes: Iterable<string>,
    pace: Pace = {},
  ): Promise<Map<string, Resolution>> {
    const db = this.dataSource.manager;
    const resolutions = new Map<string, Resolution>();
    let length = 0;
    for (const chunk of chunksOf([...codes], BULK)) {
      await inSteps(await this.repository.findByCodes(scope, chunk, db), pace, async (entry) => {
        const text = await this.sealer.open(scope, entry, db);
        resolutions.set(entry.code, { type: entry.type, text });
        length += text?.length ?? 0;
        if (length > MOST_RESTORED) throw new RestoredTooLargeError();
      });
    }
    return resolutions;
  }

  /** Types of those codes that were ever issued, erased ones included, by code. */
  async issued(scope: TokenScope, codes: Iterable<string>): Promise<Map<string, string>> {
    const issued = new Map<string, string>();
    for (const chunk of chunksOf([...codes], BULK)) {
      const rows = await this.repository.findIssued(scope, chunk, this.dataSource.manager);
      for (const { code, type } of rows) issued.set(code, type);
    }
    return issued;
  }

  /**
   * Destroys the value of a token and of all other spellings of it in the scope, for good: none of their tokens ever
   * resolves again, and the same value tokenized anew gets tokens that have nothing in common with them.
   * @returns the entry's id, and how many spellings were erased
   * @throws AppError NOT_FOUND for a token that is unknown or erased already
   */
  async erase(scope: TokenScope, { type, code }: Token, tx: Tx): Promise<{ id: string; erased: number }> {
    await this.scopes.lock(scope, 'UPDATE', tx);
    const entry = await this.repository.findLive(scope, code, tx);
    if (entry?.type.toUpperCase() !== type) throw platformError('NOT_FOUND');
    return { id: entry.id, erased: await this.repository.erase(scope, entry.identity, tx) };
  }

  list(
    scope: TokenScope,
    filter: { readonly type: string | undefined },
    listing: Listing,
  ): Promise<Listed<TokenRecord>> {
    return this.repository.list(scope, filter, listing, this.dataSource.manager);
  }
}
