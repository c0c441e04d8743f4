import { Controller, Delete, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { presentResult } from '../../http/text.presenter.js';
import { BatchRemoval } from '../batch-removal.service.js';
import { BatchesService } from '../batches.service.js';
import { BatchDto, BatchResultListDto, BatchResultsQuery } from './batch.dto.js';
import { presentStoredBatch } from './batch.presenter.js';

@Controller('_core/batches/:id')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class BatchesController {
  constructor(
    private readonly batches: BatchesService,
    private readonly removal: BatchRemoval,
    private readonly writes: Writes,
  ) {}

  @Get()
  @CoreOperation({
    id: 'redaction.getBatch',
    access: 'batch',
    success: { status: 200, type: BatchDto },
    errors: [404],
  })
  async getBatch(@CurrentCaller() caller: Caller, @IdParam('batch') id: string): Promise<BatchDto> {
    return presentStoredBatch(await this.batches.getBatch(caller, id));
  }

  @Get('results')
  @CoreOperation({
    id: 'redaction.listBatchResults',
    access: 'batch',
    success: { status: 200, type: BatchResultListDto },
    errors: [400, 404],
  })
  async listBatchResults(
    @CurrentCaller() caller: Caller,
    @IdParam('batch') id: string,
    @Query() query: BatchResultsQuery,
  ): Promise<BatchResultListDto> {
    const listing = listingOf({ ...query, sort: 'position', order: 'asc' });
    return listEnvelope(await this.batches.listResults(caller, id, listing), listing, presentResult);
  }

  @Delete()
  @CoreOperation({
    id: 'redaction.deleteBatch',
    access: 'batch',
    success: { status: 204 },
    errors: [404],
    audit: 'batch.deleted',
    idempotent: true,
  })
  async deleteBatch(@CurrentCaller() caller: Caller, @IdParam('batch') id: string): Promise<void> {
    await this.writes.run(caller, async (tx): Promise<undefined> => {
      await this.removal.deleteBatch(caller, id, tx);
    });
  }
}
