import { Injectable } from '@nestjs/common';
import { OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { decodeText, encodeText } from './exact-text.js';
import type { TokenScope } from './project-tokens.js';

/** What an entry is, beside its value. Where the value belongs: it opens under no other token, scope or tenant. */
export interface EntryHead {
  readonly id: string;
  readonly type: string;
  readonly code: string;
  readonly generation: number;
}

/** An entry as it is read; both sealed parts are null once it was erased. */
export interface SealedEntry extends EntryHead {
  readonly valueSealed: Buffer | null;
  readonly keySealed: Buffer | null;
}

/** An entry to be added. */
export interface NewEntry extends EntryHead {
  readonly identity: Buffer;
  readonly spelling: Buffer;
  readonly valueSealed: Buffer;
  readonly keySealed: Buffer;
}

const valuePlace = ({ organizationId, scopeId }: TokenScope, { id, type, code, generation }: EntryHead) =>
  [organizationId, 'token_entries', scopeId, id, type, code, generation] as const;

const keyPlace = ({ organizationId, scopeId }: TokenScope, { id, type, code, generation }: EntryHead) => ({
  organizationId,
  table: 'token_entries',
  id: `${scopeId}/${id}/${type}-${code}`,
  version: generation,
});

/** Seals each value under a key of its own, and that key under the tenant's, so that one value can be destroyed. */
@Injectable()
export class TokenEntrySealer {
  constructor(private readonly sealer: Sealer) {}

  async seal(
    scope: TokenScope,
    entry: EntryHead,
    text: string,
    db: Tx,
  ): Promise<Pick<NewEntry, 'valueSealed' | 'keySealed'>> {
    const { key, sealed } = OwnKeys.sealUnderOwnKey(encodeText(text), valuePlace(scope, entry));
    const keySealed = await this.sealer.seal(keyPlace(scope, entry), key, db);
    return { valueSealed: sealed, keySealed };
  }

  /** The value; undefined when it was erased. @throws OpenError when anything was changed or moved */
  async open(scope: TokenScope, entry: SealedEntry, db: Tx): Promise<string | undefined> {
    const { valueSealed, keySealed } = entry;
    if (!valueSealed || !keySealed) return undefined;
    const key = await this.sealer.open(keyPlace(scope, entry), keySealed, db);
    return decodeText(OwnKeys.openUnderOwnKey(key, valueSealed, valuePlace(scope, entry)));
  }
}
