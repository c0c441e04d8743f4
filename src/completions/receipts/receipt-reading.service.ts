import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { receiptReachOf } from './receipt-reach.policy.js';
import { ReceiptSealer } from './receipt-sealer.service.js';
import { ReceiptsRepository } from './receipts.repository.js';
import type { Receipt, ReceiptFilter } from './stored-receipt.js';

/** Reading the receipts that somebody sees. */
@Injectable()
export class ReceiptReading {
  constructor(
    private readonly repository: ReceiptsRepository,
    private readonly sealer: ReceiptSealer,
    private readonly dataSource: DataSource,
  ) {}

  async listReceipts(caller: Caller, filter: ReceiptFilter, listing: Listing): Promise<Listed<Receipt>> {
    const reach = receiptReachOf(caller.principal);
    const listed = await this.repository.list(reach, filter, listing, this.dataSource.manager);
    return { ...listed, rows: await Promise.all(listed.rows.map((row) => this.sealer.open(row))) };
  }

  /** @throws AppError NOT_FOUND for one that is missing, or not theirs to see */
  async getReceipt(caller: Caller, id: string): Promise<Receipt> {
    const reach = receiptReachOf(caller.principal);
    const row = await this.repository.find(reach, id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return this.sealer.open(row);
  }
}
