import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsService, ExportsService } from '../../secrets/index.js';
import type { KeynestFormat } from './keynest-import.dto.js';
import { formatOfKeynest } from './keynest-import-reader.js';

/** Exports environments in KeyNest's name. References stay as they are written, so that an import makes the same again. */
@Injectable()
export class KeynestExportOperations {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly exports: ExportsService,
  ) {}

  /** Sets the headers of the answer and returns its body. */
  async exportEnvironment(
    caller: Caller,
    number: number,
    format: KeynestFormat,
    reply: FastifyReply,
  ): Promise<string> {
    const id = await this.environments.idOf(caller, number);
    const request = { format: formatOfKeynest(format), resolve: false, product: 'KeyNest' } as const;
    const { text, mediaType, fileName } = await this.exports.exportVariables(caller, id, request);
    // The name is made of an environment's name and an extension: nothing in it needs an escape.
    const disposition = `attachment; filename="${fileName}"`;
    void reply.headers({ 'content-type': mediaType, 'content-disposition': disposition });
    return text;
  }
}
