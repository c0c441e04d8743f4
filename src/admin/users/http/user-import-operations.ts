import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import { sha256 } from '../../../platform/digest/sha256.js';
import { platformError } from '../../../platform/errors/app-error.js';
import type { IncomingForm } from '../../../platform/http/multipart.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { readUserCsv } from '../import/user-csv.js';
import { UserImportService } from '../import/user-import.service.js';
import type { WorkplaceQuery } from './user.dto.js';
import { presentImport } from './user.presenter.js';
import type { UserImportDto } from './user-import.dto.js';

/** Largest file, in bytes: 500 rows of 2 KiB. */
export const MAX_IMPORT_BYTES = 2 ** 20;

const SHAPE = {
  file: 'file',
  fields: [],
  maxBytes: MAX_IMPORT_BYTES,
  tooLarge: () => platformError('PAYLOAD_TOO_LARGE'),
};

/** The operation that makes users of a file. */
@Injectable()
export class UserImportOperations {
  private readonly baseUrl: string;

  constructor(
    private readonly imports: UserImportService,
    private readonly writes: Writes,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.baseUrl = settings.REDOUBT_PUBLIC_URL ?? '';
  }

  /** @param source the file, as the body itself or in a form */
  async importUsers(
    caller: Caller,
    source: Buffer | IncomingForm,
    { organization_id: organizationId, organization_role: role }: WorkplaceQuery,
  ): Promise<UserImportDto> {
    const bytes = Buffer.isBuffer(source) ? source : (await source.read(SHAPE, take)).taken.bytes;
    const workplace = { organizationId, role };
    const prepared = await this.imports.prepare(caller, readUserCsv(bytes), workplace);
    return this.writes.run(
      caller,
      async (tx) =>
        presentImport(await this.imports.importUsers(caller, prepared, workplace, tx), this.baseUrl),
      { withhold: 'password_resets' },
    );
  }
}

async function take({ bytes: stream }: { readonly bytes: Readable }) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { bytes, digest: sha256(bytes) };
}
