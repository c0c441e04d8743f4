import { Controller, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { CurrentForm, type IncomingForm } from '../../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { WorkplaceQuery } from './user.dto.js';
import { UserImportDto, UserImportFormDto } from './user-import.dto.js';
import { MAX_IMPORT_BYTES, UserImportOperations } from './user-import-operations.js';

@Controller('_core/users/import')
export class UserImportController {
  constructor(private readonly operations: UserImportOperations) {}

  @Post()
  @CoreOperation({
    id: 'admin.importUsers',
    access: 'admin:write',
    form: UserImportFormDto,
    plain: 'text/csv',
    transfer: 'upload',
    bodyLimit: MAX_IMPORT_BYTES,
    success: { status: 200, type: UserImportDto },
    errors: [400, 404, 413, 415],
    audit: 'user.created',
    idempotent: true,
  })
  importUsers(
    @CurrentCaller() caller: Caller,
    @Req() { body }: FastifyRequest,
    @CurrentForm() form: IncomingForm,
    @Query() query: WorkplaceQuery,
  ): Promise<UserImportDto> {
    return this.operations.importUsers(caller, Buffer.isBuffer(body) ? body : form, query);
  }
}
