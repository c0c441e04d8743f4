import { Injectable } from '@nestjs/common';
import type { IncomingForm } from '../../platform/http/multipart.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { EnvironmentsService, ImportFiles, ImportsService } from '../../secrets/index.js';
import type { KeynestImportDto } from './keynest-import.dto.js';
import { readKeynestImport } from './keynest-import-reader.js';

/** Imports all variables of a file, or none. */
@Injectable()
export class KeynestImportOperations {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly imports: ImportsService,
    private readonly writes: Writes,
  ) {}

  /** @param json the request's body where it was JSON; undefined for a form, which is read here */
  async importVariables(
    caller: Caller,
    number: number,
    json: unknown,
    form: IncomingForm,
  ): Promise<KeynestImportDto> {
    const id = await this.environments.idOf(caller, number);
    const { overwrite, ...source } = await readKeynestImport(json, form);
    const request = {
      file: ImportFiles.readImport(source),
      overwrite,
      ifMatch: undefined,
      reason: undefined,
    };
    return this.writes.run(caller, async (tx) =>
      presentImport(await this.imports.importVariables(caller, id, request, tx)),
    );
  }
}

/** Variables that had their value already count as updated: KeyNest knows imported and updated ones alone. */
type Outcome = Awaited<ReturnType<ImportsService['importVariables']>>;

const presentImport = ({ added, changed, unchanged }: Outcome): KeynestImportDto => ({
  message: 'Import completed successfully',
  summary: {
    imported: added.length,
    updated: changed.length + unchanged.length,
    failed: 0,
    total_variables: added.length + changed.length + unchanged.length,
  },
  failed_imports: null,
});
