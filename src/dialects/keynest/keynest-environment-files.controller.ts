import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentForm, type IncomingForm } from '../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestExportQuery } from './keynest-export.dto.js';
import { KeynestExportOperations } from './keynest-export-operations.js';
import {
  ImportKeynestVariablesDto,
  KeynestImportDto,
  KeynestImportFormDto,
  MAX_IMPORT_BODY,
} from './keynest-import.dto.js';
import { KeynestImportOperations } from './keynest-import-operations.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';

/** Environments as files. */
@Controller('_keynest/api/environments/:id')
@ApiParam({ name: 'id', schema: { type: 'integer' } })
export class KeynestEnvironmentFilesController {
  constructor(
    private readonly imports: KeynestImportOperations,
    private readonly exports: KeynestExportOperations,
  ) {}

  @Get('export')
  @KeynestOperation({
    id: 'keynest.exportEnvironment',
    access: 'secrets:read',
    success: { status: 200, binary: true },
    errors: [400, 404],
    audit: 'environment.exported',
    numbered: 'env',
  })
  exportEnvironment(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Query() { format }: KeynestExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.exports.exportEnvironment(caller, number, format, reply);
  }

  @Post('import')
  @KeynestOperation({
    id: 'keynest.importEnvironment',
    access: 'secrets:write',
    form: KeynestImportFormDto,
    json: ImportKeynestVariablesDto,
    transfer: 'upload',
    bodyLimit: MAX_IMPORT_BODY,
    success: { status: 200, type: KeynestImportDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'environment.imported',
    idempotent: true,
    numbered: 'env',
  })
  importEnvironment(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Req() { body }: FastifyRequest,
    @CurrentForm() form: IncomingForm,
  ): Promise<KeynestImportDto> {
    return this.imports.importVariables(caller, number, body, form);
  }
}
