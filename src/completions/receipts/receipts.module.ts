import { Module } from '@nestjs/common';
import { sealedTexts } from '../../platform/erasure/sealed-texts.js';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import { ErasableReceipts } from './erasable-receipts.service.js';
import { ReceiptsController } from './http/receipts.controller.js';
import { LostReceiptsSweeper } from './lost-receipts.sweeper.js';
import { ReceiptReading } from './receipt-reading.service.js';
import { ReceiptSealer } from './receipt-sealer.service.js';
import { RECEIPT_TEXTS } from './receipt-texts.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { Receipts } from './receipts.service.js';

/** What left the building for each completion, and what came of it. */
@Module({
  controllers: [ReceiptsController],
  providers: [
    ErasableReceipts,
    LostReceiptsSweeper,
    ReceiptReading,
    ReceiptSealer,
    Receipts,
    ReceiptsRepository,
    sealedTexts(...RECEIPT_TEXTS),
    tenantDirectory('rcpt', 'chat_receipts', { project: 'project_id' }),
  ],
  exports: [Receipts],
})
export class ReceiptsModule {}
