import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ErasureKeying } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ValuePrints } from '../../platform/erasure/sought-value.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ErasedPeople } from './erased-people.service.js';
import type { Erasure, ErasureOrder, ErasureSubject } from './erasure.js';
import { ErasureOpener } from './erasure-opener.service.js';
import { type ErasureFilter, ErasuresRepository } from './erasures.repository.js';

/** An erasure that is settled and not yet written down. */
export interface SettledErasure {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: ErasureSubject;
}

/** Reads erasures, and turns what was asked for into what is kept of it. */
@Injectable()
export class ErasuresService {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly opener: ErasureOpener,
    private readonly people: ErasedPeople,
    private readonly keys: ErasureKeying.ErasureKeys,
    private readonly prints: ValuePrints,
    private readonly dataSource: DataSource,
  ) {}

  /** From here on nobody knows the value. @throws AppError as {@link ErasedPeople.settle}; VALUE_TOO_SHORT */
  async settle(caller: Caller, order: ErasureOrder, tx: Tx): Promise<SettledErasure> {
    const { organizationId } = caller.principal;
    const id = newId('erasure');
    if ('userId' in order) {
      const withAccount = await this.people.settle(caller, order.userId, tx);
      return { id, organizationId, subject: { userId: order.userId, withAccount } };
    }
    const key = await this.keys.keyOf(organizationId, id, tx);
    return {
      ...{ id, organizationId },
      subject: {
        type: this.prints.typeOf(order.type),
        print: this.prints.make(order.value, key),
        documents: order.documents,
      },
    };
  }

  /** @throws AppError NOT_FOUND */
  async getErasure(organizationId: string, id: string, db: Tx = this.dataSource.manager): Promise<Erasure> {
    const row = await this.repository.find(organizationId, id, db);
    if (!row) throw platformError('NOT_FOUND');
    return this.opener.open(row, db);
  }

  async listErasures(
    organizationId: string,
    filter: ErasureFilter,
    listing: Listing,
  ): Promise<Listed<Erasure>> {
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.repository.list(organizationId, filter, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.opener.open(row, db))) };
  }
}
