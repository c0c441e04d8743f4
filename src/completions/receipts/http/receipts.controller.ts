import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { ReceiptReading } from '../receipt-reading.service.js';
import { ReceiptDto, ReceiptListDto, ReceiptQuery } from './receipt.dto.js';
import { presentReceipt } from './receipt.presenter.js';

@Controller('_core/chat/receipts')
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptReading) {}

  @Get()
  @CoreOperation({
    id: 'completions.listReceipts',
    access: 'chat:read',
    success: { status: 200, type: ReceiptListDto },
    errors: [400],
  })
  async listReceipts(@CurrentCaller() caller: Caller, @Query() query: ReceiptQuery): Promise<ReceiptListDto> {
    const { status, model, project_id: projectId, created_after, created_before } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const listing = listingOf(query);
    const filter = { ...range, status, model, projectId };
    return listEnvelope(await this.receipts.listReceipts(caller, filter, listing), listing, presentReceipt);
  }

  @Get(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'completions.getReceipt',
    access: 'chat:read',
    success: { status: 200, type: ReceiptDto },
    errors: [404],
  })
  async getReceipt(@CurrentCaller() caller: Caller, @IdParam('rcpt') id: string): Promise<ReceiptDto> {
    return presentReceipt(await this.receipts.getReceipt(caller, id));
  }
}
