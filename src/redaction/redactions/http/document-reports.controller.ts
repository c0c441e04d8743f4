import { Controller, Get } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { DocumentReportsService } from '../document-reports.service.js';
import { presentOutcome } from './redaction.presenter.js';
import { DocumentReportDto } from './report.dto.js';

@Controller('_core/documents/:id/report')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class DocumentReportsController {
  constructor(private readonly reports: DocumentReportsService) {}

  @Get()
  @CoreOperation({
    id: 'redaction.getReport',
    access: 'redaction:read',
    success: { status: 200, type: DocumentReportDto },
    errors: [404],
  })
  async getReport(@CurrentCaller() caller: Caller, @IdParam('doc') id: string): Promise<DocumentReportDto> {
    return presentOutcome(await this.reports.getOutcome(caller, id));
  }
}
