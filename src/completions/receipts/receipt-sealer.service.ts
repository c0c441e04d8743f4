import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { UnresolvedToken } from './receipt.js';
import type { Receipt, ReceiptRow } from './stored-receipt.js';
import type { ToolRound } from './tool-round.js';

interface ReceiptPlace {
  readonly organizationId: string;
  readonly id: string;
}

/** What is known at the beginning, at the end and in between is sealed apart. */
const OPENING = 1;
const OUTCOME = 2;
const TOOL_ROUNDS = 3;
type Part = typeof OPENING | typeof OUTCOME | typeof TOOL_ROUNDS;

const placeOf = ({ organizationId, id }: ReceiptPlace, version: Part) => ({
  organizationId,
  table: 'chat_receipts',
  id,
  version,
});

/** What clients and models wrote stands sealed in a receipt: names of fields and functions, and tokens. Mostly there is none. */
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

  /** Functions of tools are called as people have named them. */
  sealToolRounds(place: ReceiptPlace, rounds: readonly ToolRound[]): Promise<Buffer | null> {
    return this.seal(place, TOOL_ROUNDS, rounds);
  }

  /** @throws OpenError when the sealed parts were changed or moved */
  async open({ openingSealed, outcomeSealed, toolRoundsSealed, ...row }: ReceiptRow): Promise<Receipt> {
    return {
      ...row,
      unknownFields: await this.openPart<string>(row, OPENING, openingSealed),
      unresolved: await this.openPart<UnresolvedToken>(row, OUTCOME, outcomeSealed),
      toolRounds: await this.openPart<ToolRound>(row, TOOL_ROUNDS, toolRoundsSealed),
    };
  }

  private async seal(place: ReceiptPlace, version: Part, list: readonly unknown[]): Promise<Buffer | null> {
    if (list.length === 0) return null;
    const bytes = Buffer.from(JSON.stringify(list));
    return this.sealer.seal(placeOf(place, version), bytes, this.dataSource.manager);
  }

  private async openPart<T>(
    place: ReceiptPlace,
    version: Part,
    sealed: Buffer | null,
  ): Promise<readonly T[]> {
    if (sealed === null) return [];
    const bytes = await this.sealer.open(placeOf(place, version), sealed, this.dataSource.manager);
    return JSON.parse(bytes.toString('utf8'));
  }
}
