import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../../platform/http/request-context.js';
import { ComparisonsService } from '../comparisons.service.js';
import { ExportsService } from '../exports.service.js';
import type { CompareQuery, ComparisonDto, ExportQuery } from './transfer.dto.js';
import { presentComparison } from './transfer.presenter.js';

/** What is read of environments as a whole. */
@Injectable()
export class TransferReading {
  constructor(
    private readonly exports: ExportsService,
    private readonly comparisons: ComparisonsService,
  ) {}

  /** Sets the headers of the answer and returns its body. */
  async exportVariables(
    caller: Caller,
    id: string,
    { format = 'dotenv', resolve }: ExportQuery,
    reply: FastifyReply,
  ): Promise<Buffer> {
    const request = { format, resolve, product: 'Redoubt' };
    const { text, mediaType, fileName } = await this.exports.exportVariables(caller, id, request);
    void reply.headers({
      'content-type': mediaType,
      // An environment's name and an extension: nothing in it needs an escape.
      'content-disposition': `attachment; filename="${fileName}"`,
    });
    return Buffer.from(text);
  }

  async compare(caller: Caller, id: string, { with: otherId }: CompareQuery): Promise<ComparisonDto> {
    return presentComparison(await this.comparisons.compare(caller, id, otherId));
  }
}
