import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../platform/database/unit-of-work.js';
import { findProviders } from '../platform/providers/find-providers.js';

/** What a feature keeps for organizations and their members. A feature that does makes this a provider of its module. */
export abstract class OrganizationContents {
  /**
   * Refuses the end of an organization where something of it has to stay, and keeps that from changing until the transaction
   * ends. Short.
   * @throws AppError saying what has to be done first
   */
  abstract assertErasable(organizationId: string, tx: Tx): Promise<void>;

  /** Takes away what somebody has there beside their membership, in the transaction that ends it. Short. */
  abstract memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void>;
}

/** Finds what the features above keep for organizations. */
@Injectable()
export class OrganizationContentsRegistry {
  private known: readonly OrganizationContents[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  async assertErasable(organizationId: string, tx: Tx): Promise<void> {
    for (const contents of this.all()) await contents.assertErasable(organizationId, tx);
  }

  async memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void> {
    for (const contents of this.all()) await contents.memberLeft(organizationId, userId, tx);
  }

  private all(): readonly OrganizationContents[] {
    this.known ??= findProviders(this.discovery, OrganizationContents);
    return this.known;
  }
}
