import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { inDigestOrder } from './digest-order.js';
import { chunksOf, inSteps, type Pace } from './pace.js';
import type { TokenScope } from './project-tokens.js';
import { digestsOf, identityOf, type TokenDigests, type TokenValue } from './token-digests.js';
import { type NewEntry, TokenEntrySealer } from './token-entry.sealer.js';
import { codeOf, formatToken } from './token-form.js';
import { TokenScopes } from './token-scopes.service.js';
import { TokensRepository } from './tokens.repository.js';

/** Values, or rows, of one query. */
const BULK = 1_000;

/** A value with all that its token is made of. */
interface Draft extends TokenDigests {
  readonly value: TokenValue;
  /** Whose it is, in every generation. */
  readonly owner: Buffer;
  readonly generation: number;
}

interface Fresh {
  readonly draft: Draft;
  readonly entry: NewEntry;
}

/** The tokens of values, by value. */
export class Tokens {
  private readonly byValue = new Map<string, string>();

  /** @throws RangeError for a value that was not among those tokenized */
  of(value: TokenValue): string {
    const token = this.byValue.get(slotOf(value));
    if (token === undefined) throw new RangeError('the value has no token');
    return token;
  }

  add(value: TokenValue, code: string): void {
    this.byValue.set(slotOf(value), formatToken({ type: value.type, code }));
  }

  copy(): Tokens {
    const copy = new Tokens();
    for (const [slot, token] of this.byValue) copy.byValue.set(slot, token);
    return copy;
  }
}

/** Tokens known, and entries sealed for those still to be added. */
export interface PreparedTokens {
  readonly scope: TokenScope;
  readonly tokens: Tokens;
  readonly fresh: readonly Fresh[];
}

/**
 * The tokens of all values that were prepared, as {@link TokenIssuer.store} gives them, unless meanwhile a value was erased or
 * another one got the same code: a token of this kind is good for what happens before it is stored, or without.
 */
export function plannedTokens({ tokens, fresh }: PreparedTokens): Tokens {
  const planned = tokens.copy();
  for (const { draft, entry } of fresh) planned.add(draft.value, entry.code);
  return planned;
}

/** Types hold no space. */
const slotOf = ({ type, text }: TokenValue): string => `${type} ${text}`;

const mapKey = (digest: Buffer): string => digest.toString('latin1');

/** Makes tokens: what is slow is prepared outside of the transaction that stores them. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly scopes: TokenScopes,
    private readonly repository: TokensRepository,
    private readonly sealer: TokenEntrySealer,
  ) {}

  /** Looks up the tokens of values and makes those that are missing, without storing anything. */
  async prepare(
    scope: TokenScope,
    values: Iterable<TokenValue>,
    db: Tx,
    pace: Pace = {},
  ): Promise<PreparedTokens> {
    const key = await this.scopes.keyOf(scope, db);
    const seen = new Set<string>();
    const owned: { value: TokenValue; owner: Buffer }[] = [];
    await inSteps([...values], pace, (value) => {
      const slot = slotOf(value);
      if (seen.has(slot)) return;
      seen.add(slot);
      owned.push({ value, owner: identityOf(key, value) });
    });
    const owners = owned.map(({ owner }) => owner);
    const generations = await this.generations(scope, owners, db);
    const drafts: Draft[] = [];
    await inSteps(owned, pace, ({ value, owner }) => {
      const generation = generations.get(mapKey(owner)) ?? 0;
      drafts.push({ value, owner, generation, ...digestsOf(key, value, generation) });
    });
    const tokens = new Tokens();
    const missing = await this.lookUp(scope, drafts, tokens, db);
    const fresh: Fresh[] = [];
    const taken = new Set<string>();
    await inSteps(missing, pace, async (draft) => {
      const made = await this.sealApart(scope, draft, taken, db);
      taken.add(made.entry.code);
      fresh.push(made);
    });
    return { scope, tokens, fresh };
  }

  /**
   * Stores what was prepared and returns the tokens of all values. Whoever stores the same values at the same time
   * gets the same tokens. What was erased since it was prepared is made anew.
   */
  async store({ scope, tokens, fresh }: PreparedTokens, tx: Tx): Promise<Tokens> {
    if (fresh.length === 0) return tokens;
    await this.scopes.lock(scope, 'KEY SHARE', tx);
    let pending = await this.current(scope, fresh, tx);
    for (let collisions = 1; pending.length > 0; collisions++) {
      const refused = await this.insert(scope, pending, tokens, tx);
      const drafts = refused.map(({ draft }) => draft);
      const collided = await this.lookUp(scope, drafts, tokens, tx);
      pending = [];
      for (const draft of collided) pending.push(await this.seal(scope, draft, collisions, tx));
    }
    return tokens;
  }

  /** Adds entries; returns those refused, since their spelling is there already or their code is another's. */
  private async insert(
    scope: TokenScope,
    pending: readonly Fresh[],
    tokens: Tokens,
    tx: Tx,
  ): Promise<Fresh[]> {
    const refused: Fresh[] = [];
    // One order for everybody: transactions that add the same values wait for each other, never in a circle.
    for (const chunk of inDigestOrder(pending, ({ draft }) => draft.spelling, BULK)) {
      const entries = chunk.map(({ entry }) => entry);
      const added = new Set((await this.repository.insert(scope, entries, tx)).map(mapKey));
      for (const fresh of chunk) {
        if (added.has(mapKey(fresh.draft.spelling))) tokens.add(fresh.draft.value, fresh.entry.code);
        else refused.push(fresh);
      }
    }
    return refused;
  }

  /** Adds the tokens that are stored; returns the drafts that have none. */
  private async lookUp(
    scope: TokenScope,
    drafts: readonly Draft[],
    tokens: Tokens,
    db: Tx,
  ): Promise<Draft[]> {
    const missing: Draft[] = [];
    for (const chunk of chunksOf(drafts, BULK)) {
      const spellings = chunk.map(({ spelling }) => spelling);
      const rows = await this.repository.findBySpelling(scope, spellings, db);
      const codes = new Map(rows.map(({ spelling, code }) => [mapKey(spelling), code]));
      for (const draft of chunk) {
        const code = codes.get(mapKey(draft.spelling));
        if (code === undefined) missing.push(draft);
        else tokens.add(draft.value, code);
      }
    }
    return missing;
  }

  /** Seals an entry whose code is none of those taken. */
  private sealApart(scope: TokenScope, draft: Draft, taken: ReadonlySet<string>, db: Tx): Promise<Fresh> {
    let collisions = 0;
    while (taken.has(codeOf(draft.identity, draft.spelling, collisions))) collisions++;
    return this.seal(scope, draft, collisions, db);
  }

  private async seal(scope: TokenScope, draft: Draft, collisions: number, db: Tx): Promise<Fresh> {
    const { value, owner, generation, identity, spelling } = draft;
    const code = codeOf(identity, spelling, collisions);
    const head = { id: newId('token'), type: value.type, code, generation };
    const sealed = await this.sealer.seal(scope, head, value.text, db);
    return { draft, entry: { ...head, ...sealed, identity: owner, spelling } };
  }

  private async generations(
    scope: TokenScope,
    owners: readonly Buffer[],
    db: Tx,
  ): Promise<Map<string, number>> {
    const generations = new Map<string, number>();
    for (const chunk of chunksOf(owners, BULK)) {
      const rows = await this.repository.generations(scope, chunk, db);
      for (const { identity, generation } of rows) generations.set(mapKey(identity), generation);
    }
    return generations;
  }

  /** The same, with those made anew whose identity was erased meanwhile. */
  private async current(scope: TokenScope, fresh: readonly Fresh[], tx: Tx): Promise<Fresh[]> {
    const owners = fresh.map(({ draft }) => draft.owner);
    const generations = await this.generations(scope, owners, tx);
    const key = await this.scopes.keyOf(scope, tx);
    const current: Fresh[] = [];
    for (const item of fresh) {
      const { value, owner } = item.draft;
      const generation = generations.get(mapKey(owner)) ?? 0;
      if (generation === item.draft.generation) current.push(item);
      else {
        const draft = { value, owner, generation, ...digestsOf(key, value, generation) };
        current.push(await this.seal(scope, draft, 0, tx));
      }
    }
    return current;
  }
}
