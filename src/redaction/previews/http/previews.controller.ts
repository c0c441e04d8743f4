import { Body, Controller, Header, Post, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { checkSecretFields } from '../../redactions/http/redaction-secrets.js';
import { PreviewsService } from '../previews.service.js';
import { PreviewDto, PreviewPageRequestDto, PreviewRequestDto } from './preview.dto.js';
import { presentPreview } from './preview.presenter.js';

const SHARED = {
  access: 'files:read',
  errors: [400, 404, 413, 415, 422],
  audit: 'document.previewed',
} as const;

@Controller('_core/documents/:id/preview')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class PreviewsController {
  constructor(private readonly previews: PreviewsService) {}

  @Post()
  @ApiBody({ type: PreviewRequestDto, required: false })
  @CoreOperation({
    id: 'redaction.previewDocument',
    success: { status: 200, type: PreviewDto },
    ...SHARED,
  })
  async previewDocument(
    @CurrentCaller() caller: Caller,
    @IdParam('doc') id: string,
    @Body() { processor_id, policy, ...body }: PreviewRequestDto,
  ): Promise<PreviewDto> {
    const secrets = checkSecretFields(body);
    return presentPreview(await this.previews.inspect(caller, id, { processor_id, policy, secrets }));
  }

  @Post('page')
  @ApiBody({ type: PreviewPageRequestDto })
  @Header('content-type', 'image/png')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  @CoreOperation({
    id: 'redaction.previewPage',
    success: { status: 200, binary: true },
    ...SHARED,
  })
  async previewPage(
    @CurrentCaller() caller: Caller,
    @IdParam('doc') id: string,
    @Body() { processor_id, policy, page, width, marked, ...body }: PreviewPageRequestDto,
  ): Promise<StreamableFile> {
    const secrets = checkSecretFields(body);
    const request = { processor_id, policy, secrets, page, width, marked };
    const { bytes } = await this.previews.render(caller, id, request);
    return new StreamableFile(bytes, { type: 'image/png', length: bytes.length });
  }
}
