import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Environment } from './environment.js';
import type { EnvironmentRow } from './environments.repository.js';

interface EnvironmentPlace {
  readonly organizationId: string;
  readonly id: string;
}

const descriptionPlace = ({ organizationId, id }: EnvironmentPlace) => ({
  organizationId,
  table: 'environments',
  id,
  version: 1,
});

const reasonPlace = ({ organizationId, id }: EnvironmentPlace, revision: number) => ({
  organizationId,
  table: 'environment_revisions',
  id,
  version: revision,
});

/** What people write about environments and their changes, at rest: it opens nowhere but with its own. */
@Injectable()
export class EnvironmentTexts {
  constructor(private readonly sealer: Sealer) {}

  async sealDescription(place: EnvironmentPlace, text: string | null, db: Tx): Promise<Buffer | null> {
    return text === null ? null : this.sealer.seal(descriptionPlace(place), Buffer.from(text), db);
  }

  async open({ descriptionSealed, ...row }: EnvironmentRow, db: Tx): Promise<Environment> {
    if (descriptionSealed === null) return { ...row, description: null };
    const bytes = await this.sealer.open(descriptionPlace(row), descriptionSealed, db);
    return { ...row, description: bytes.toString('utf8') };
  }

  async sealReason(
    place: EnvironmentPlace,
    revision: number,
    text: string | undefined,
    db: Tx,
  ): Promise<Buffer | null> {
    return text === undefined ? null : this.sealer.seal(reasonPlace(place, revision), Buffer.from(text), db);
  }

  async openReason(
    place: EnvironmentPlace,
    revision: number,
    sealed: Buffer | null,
    db: Tx,
  ): Promise<string | null> {
    if (sealed === null) return null;
    return (await this.sealer.open(reasonPlace(place, revision), sealed, db)).toString('utf8');
  }
}
