import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Project } from './project.js';
import type { ProjectRow } from './projects.repository.js';

interface DescriptionPlace {
  readonly organizationId: string;
  readonly id: string;
}

const placeOf = ({ organizationId, id }: DescriptionPlace) => ({
  organizationId,
  table: 'projects',
  id,
  version: 1,
});

/** Descriptions at rest: they say what a project is about, so they open nowhere but with their own. */
@Injectable()
export class ProjectDescriptions {
  constructor(private readonly sealer: Sealer) {}

  async seal(place: DescriptionPlace, description: string | null, db: Tx): Promise<Buffer | null> {
    return description === null ? null : this.sealer.seal(placeOf(place), Buffer.from(description), db);
  }

  /** @throws OpenError when a description was changed or moved */
  async open({ descriptionSealed, ...row }: ProjectRow, db: Tx): Promise<Project> {
    if (descriptionSealed === null) return { ...row, description: null };
    const bytes = await this.sealer.open(placeOf(row), descriptionSealed, db);
    return { ...row, description: bytes.toString('utf8') };
  }
}
