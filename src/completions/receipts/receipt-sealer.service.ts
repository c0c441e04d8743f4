import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { UnresolvedToken } from './receipt.js';
import type { Receipt, ReceiptRow } from './stored-receipt.js';

interface ReceiptPlace {
  readonly organizationId: string;
  readonly id: string;
}

/** What is known at the beginning and at the end is sealed apart. */
const OPENING = 1;
const OUTCOME = 2;

const placeOf = ({ organizationId, id }: ReceiptPlace, version: typeof OPENING | typeof OUTCOME) => ({
  organizationId,
  table: 'chat_receipts',
  id,
  version,
});

/** What clients and models wrote stands sealed in a receipt: names of fields, and tokens. Mostly there is none. */
@Injectable()
export class ReceiptSealer {
  constructor(
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  sealOpening(place: ReceiptPlace, unknownFields: readonly string[]): Promise<Buffer | null> {
    return this.seal(place, OPENING, unknownFields);
  }

  sealOutcome(place: ReceiptPlace, unresolved: readonly UnresolvedToken[]): Promise<Buffer | null> {
    return this.seal(place, OUTCOME, unresolved);
  }

  /** @throws OpenError when the sealed parts were changed or moved */
  async open({ openingSealed, outcomeSealed, ...row }: ReceiptRow): Promise<Receipt> {
    return {
      ...row,
      unknownFields: await this.openPart<string>(row, OPENING, openingSealed),
      unresolved: await this.openPart<UnresolvedToken>(row, OUTCOME, outcomeSealed),
    };
  }

  private async seal(
    place: ReceiptPlace,
    version: typeof OPENING | typeof OUTCOME,
    list: readonly unknown[],
  ): Promise<Buffer | null> {
    if (list.length === 0) return null;
    const bytes = Buffer.from(JSON.stringify(list));
    return this.sealer.seal(placeOf(place, version), bytes, this.dataSource.manager);
  }

  private async openPart<T>(
    place: ReceiptPlace,
    version: typeof OPENING | typeof OUTCOME,
    sealed: Buffer | null,
  ): Promise<readonly T[]> {
    if (sealed === null) return [];
    const bytes = await this.sealer.open(placeOf(place, version), sealed, this.dataSource.manager);
    return JSON.parse(bytes.toString('utf8'));
  }
}
