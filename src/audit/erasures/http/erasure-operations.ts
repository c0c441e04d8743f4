import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { Erasure } from '../erasure.js';
import { ErasureOrders, ErasureRehearsals } from '../erasure-orders.service.js';
import { ErasuresService } from '../erasures.service.js';
import type { CreateErasureDto, ErasureDto, ErasureQuery, ErasureRehearsalDto } from './erasure.dto.js';
import { orderOf } from './erasure.order.js';
import { presentDocuments, presentErasure } from './erasure.presenter.js';

/** The operations on erasures, each with its transaction. */
@Injectable()
export class ErasureOperations {
  constructor(
    private readonly erasures: ErasuresService,
    private readonly orders: ErasureOrders,
    private readonly rehearsals: ErasureRehearsals,
    private readonly writes: Writes,
  ) {}

  create(caller: Caller, body: CreateErasureDto): Promise<ErasureDto> {
    const order = orderOf(body);
    return this.writes.run(caller, async (tx) => presentErasure(await this.orders.order(caller, order, tx)));
  }

  async rehearse(caller: Caller, body: CreateErasureDto): Promise<ErasureRehearsalDto> {
    const { counts, documentReport } = await this.rehearsals.rehearse(caller, orderOf(body));
    return { dry_run: true, counts: { ...counts }, documents: presentDocuments(documentReport) };
  }

  list(
    { principal }: Caller,
    { status, user_id: userId }: ErasureQuery,
    listing: Listing,
  ): Promise<Listed<Erasure>> {
    return this.erasures.listErasures(principal.organizationId, { status, userId }, listing);
  }

  async get({ principal }: Caller, id: string): Promise<ErasureDto> {
    return presentErasure(await this.erasures.getErasure(principal.organizationId, id));
  }
}
