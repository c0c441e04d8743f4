import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { AuditDetails } from '../../platform/audit/audit-entry.js';
import type { Principal } from '../../platform/http/principal.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import type { ChatRow } from '../chat.js';
import { ChatOversight, type Overseeing } from './chat-oversight.js';

/** Finds what lets somebody read chats of others in an emergency: reading alone, and each time on record. */
@Injectable()
export class ChatOverseers {
  private known: readonly ChatOversight[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  async all(principal: Principal): Promise<Overseeing[]> {
    this.known ??= findProviders(this.discovery, ChatOversight);
    const found: Overseeing[] = [];
    for (const oversight of this.known)
      found.push(...(await oversight.find(principal, this.dataSource.manager)));
    return found;
  }

  /** What opens one chat; undefined when nothing does. */
  async over(principal: Principal, chat: Pick<ChatRow, 'projectId'>): Promise<Overseeing | undefined> {
    return coveringOf(await this.all(principal), chat);
  }
}

export const coveringOf = (
  all: readonly Overseeing[],
  chat: Pick<ChatRow, 'projectId'>,
): Overseeing | undefined => all.find(({ projectId }) => projectId === null || projectId === chat.projectId);

/** What an entry says of it. */
export const detailsOf = ({ breakGlassId, reason }: Overseeing): AuditDetails => ({
  break_glass_id: breakGlassId,
  reason,
});
