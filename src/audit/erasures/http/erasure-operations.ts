import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InstanceSigner } from '../../../crypto/index.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { Erasure } from '../erasure.js';
import { ErasureOrders, ErasureRehearsals } from '../erasure-orders.service.js';
import { ErasuresService } from '../erasures.service.js';
import type { CreateErasureDto, ErasureDto, ErasureQuery, ErasureRehearsalDto } from './erasure.dto.js';
import { orderOf } from './erasure.order.js';
import { presentErasure } from './erasure.presenter.js';

/** A page of erasures, and how each is shown. */
interface PresentedErasures {
  readonly listed: Listed<Erasure>;
  readonly present: (erasure: Erasure) => ErasureDto;
}

/** The operations on erasures, each with its transaction. */
@Injectable()
export class ErasureOperations {
  constructor(
    private readonly erasures: ErasuresService,
    private readonly orders: ErasureOrders,
    private readonly rehearsals: ErasureRehearsals,
    private readonly signer: InstanceSigner,
    private readonly writes: Writes,
    private readonly dataSource: DataSource,
  ) {}

  create(caller: Caller, body: CreateErasureDto): Promise<ErasureDto> {
    const order = orderOf(body);
    return this.writes.run(caller, async (tx: Tx) =>
      presentErasure(await this.orders.order(caller, order, tx), await this.signer.publicKey(tx)),
    );
  }

  async rehearse(caller: Caller, body: CreateErasureDto): Promise<ErasureRehearsalDto> {
    return { dry_run: true, counts: { ...(await this.rehearsals.rehearse(caller, orderOf(body))) } };
  }

  async list(
    { principal }: Caller,
    { status, user_id: userId }: ErasureQuery,
    listing: Listing,
  ): Promise<PresentedErasures> {
    const publicKey = await this.signer.publicKey(this.dataSource.manager);
    return {
      listed: await this.erasures.listErasures(principal.organizationId, { status, userId }, listing),
      present: (erasure) => presentErasure(erasure, publicKey),
    };
  }

  async get({ principal }: Caller, id: string): Promise<ErasureDto> {
    const erasure = await this.erasures.getErasure(principal.organizationId, id);
    return presentErasure(erasure, await this.signer.publicKey(this.dataSource.manager));
  }
}
