import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../platform/database/unit-of-work.js';
import { findProviders } from '../platform/providers/find-providers.js';

/** Which project something belongs to. */
export interface ProjectOwner {
  readonly organizationId: string;
  readonly projectId: string;
}

/** What a feature keeps for projects. A feature that does makes this a provider of its module. */
export abstract class ProjectContents {
  /** Deletes all of it, in the transaction that deletes the project, whose row is locked. Short. */
  abstract delete(owner: ProjectOwner, tx: Tx): Promise<void>;
}

/** Finds what the features above keep for projects. */
@Injectable()
export class ProjectContentsRegistry {
  private known: readonly ProjectContents[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  async delete(owner: ProjectOwner, tx: Tx): Promise<void> {
    this.known ??= findProviders(this.discovery, ProjectContents);
    for (const contents of this.known) await contents.delete(owner, tx);
  }
}
