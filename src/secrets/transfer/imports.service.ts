import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { secretsError } from '../secrets.errors.js';
import { BulkChangesService } from '../variables/bulk-changes.service.js';
import type { ImportFile } from './import-file.js';
import { assertNoneChanged, assertRoom, refuseChanged, type TransferOutcome } from './transfer-outcome.js';

/** What is to be imported, and how. */
export interface ImportRequest {
  /** What `readImport` made of the file, before the transaction. */
  readonly file: ImportFile;
  /** Whether variables that are there with another value get the file's; what else they have stays. */
  readonly overwrite: boolean;
  readonly ifMatch: IfMatch;
  readonly reason: string | undefined;
}

/** What an import did, or would do. */
export type ImportOutcome = TransferOutcome;

/** Bringing files of variables into environments: all of a file or nothing of it. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly bulk: BulkChangesService,
  ) {}

  /**
   * One revision, whatever the file holds; none where it holds nothing new.
   * @throws AppError IMPORT_REFUSED, NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, TOO_MANY_VARIABLES, and VARIABLE_EXISTS
   *   where nothing may be overwritten
   */
  async importVariables(
    caller: Caller,
    environmentId: string,
    { file, overwrite, ifMatch, reason }: ImportRequest,
    tx: Tx,
  ): Promise<ImportOutcome> {
    assertNoneRefused(file);
    const change = { cause: 'imported' as const, wanted: wantedOf(file), ifMatch, reason };
    const outcome = await this.bulk.apply(caller, environmentId, change, tx);
    if (!overwrite) assertNoneChanged(outcome);
    return { ...outcome, refused: [] };
  }

  /** The same without doing it, and with everything that would be refused. @throws AppError NOT_FOUND, PRECONDITION_FAILED, TOO_MANY_VARIABLES */
  async preview(
    caller: Caller,
    environmentId: string,
    { file, overwrite, ifMatch }: ImportRequest,
    db: Tx,
  ): Promise<ImportOutcome> {
    const environment = await this.environments.getRow(caller, environmentId);
    assertMatch(ifMatch, environment.version);
    const planned = await this.bulk.preview(caller, environment, { wanted: wantedOf(file) }, db);
    assertRoom(planned);
    const outcome = overwrite ? { ...planned, refused: [] } : refuseChanged(planned);
    const lines = new Map(file.variables.map(({ key, line }) => [key, line]));
    const existing = outcome.refused.map((refusal) => ({
      ...refusal,
      line: lines.get(refusal.key ?? '') ?? null,
    }));
    return { ...outcome, refused: [...file.refused, ...existing] };
  }
}

const wantedOf = ({ variables }: ImportFile) => variables.map(({ key, value }) => ({ key, value }));

function assertNoneRefused({ refused }: ImportFile): void {
  const [first] = refused;
  if (!first) return;
  const { key, line, reason } = first;
  const place = [line !== null && `line ${line}`, key !== null && `variable ${key}`]
    .filter(Boolean)
    .join(', ');
  const many = refused.length === 1 ? 'One place' : `${refused.length} places`;
  const message = `${many} of the file cannot be imported, the first of them ${place || 'at its beginning'}: ${first.message} Nothing was imported.`;
  const details = { field: key ?? 'data', constraint: reason.toLowerCase(), ...(line !== null && { line }) };
  throw secretsError('IMPORT_REFUSED', { message, details });
}
