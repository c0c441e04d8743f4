import { Injectable } from '@nestjs/common';
import { OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Where a value belongs. It opens nowhere else: not in another environment, under another key, or as another version. */
export interface ValuePlace {
  readonly organizationId: string;
  readonly projectId: string;
  readonly environmentId: string;
  readonly variableId: string;
  readonly key: string;
  readonly version: number;
}

/** What a version keeps secret. */
export interface VersionContent {
  readonly value: string;
  readonly note: string | null;
}

/** The same at rest; all null once the version was destroyed, or where it says that the variable was deleted. */
export interface SealedContent {
  readonly valueSealed: Buffer | null;
  readonly keySealed: Buffer | null;
  readonly noteSealed: Buffer | null;
}

const partsOf = (place: ValuePlace, what: 'value' | 'note') => {
  const { organizationId, projectId, environmentId, variableId, key, version } = place;
  return [
    organizationId,
    'variable_versions',
    projectId,
    environmentId,
    variableId,
    key,
    version,
    what,
  ] as const;
};

const keyPlace = ({ organizationId, projectId, environmentId, variableId, key, version }: ValuePlace) => ({
  organizationId,
  table: 'variable_versions',
  id: `${projectId}/${environmentId}/${variableId}/${key}`,
  version,
});

/** Seals each version under a key of its own, and that key under the organization's, so that one version can be destroyed. */
@Injectable()
export class VariableSealer {
  constructor(private readonly sealer: Sealer) {}

  async seal(place: ValuePlace, { value, note }: VersionContent, db: Tx): Promise<SealedContent> {
    const { key, sealed } = OwnKeys.sealUnderOwnKey(Buffer.from(value), partsOf(place, 'value'));
    const noteSealed =
      note === null ? null : OwnKeys.sealUnder(key, Buffer.from(note), partsOf(place, 'note'));
    return { valueSealed: sealed, keySealed: await this.sealer.seal(keyPlace(place), key, db), noteSealed };
  }

  /** Undefined when there is no value, or none any more. @throws OpenError when anything was changed or moved */
  async open(place: ValuePlace, sealed: SealedContent, db: Tx): Promise<VersionContent | undefined> {
    const { valueSealed, keySealed, noteSealed } = sealed;
    if (!valueSealed || !keySealed) return undefined;
    const key = await this.sealer.open(keyPlace(place), keySealed, db);
    const open = (bytes: Buffer, what: 'value' | 'note') =>
      OwnKeys.openUnderOwnKey(key, bytes, partsOf(place, what)).toString('utf8');
    return { value: open(valueSealed, 'value'), note: noteSealed && open(noteSealed, 'note') };
  }
}
