import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import { invalidField } from '../platform/errors/app-error.js';
import type { IncomingForm } from '../platform/http/multipart.js';
import type { FormFile } from '../platform/http/multipart-form.js';
import type { Caller } from '../platform/http/request-context.js';
import { largestUpload } from '../platform/limits/plans.js';
import { FileIntake, type TakenFile } from './file-intake.service.js';
import { fileTooLarge } from './files.errors.js';
import { StorageUsage } from './storage/storage-usage.service.js';
import { UPLOAD_FIELDS, UploadFields } from './upload-fields.service.js';
import { projectTooLate } from './upload-place.service.js';
import { type PreparedUpload, UploadPreparation } from './upload-preparation.service.js';

/** What a form takes beside its file, in bytes: boundaries, headers and short fields. */
const FORM_BYTES = 64 * 1024;

/** @throws AppError when the form contradicts the path */
function merged(sent: ReadonlyMap<string, string>, into: ReadonlyMap<string, string>): Map<string, string> {
  for (const [name, value] of into) {
    if ((sent.get(name) || value) === value) continue;
    throw invalidField(name, 'consistent', `The path says where the file goes: leave '${name}' out.`);
  }
  return new Map([...sent, ...into]);
}

/** What came of an upload that was handed on. */
export interface Written<T> {
  readonly answer: T;
  /** False when the answer is that of an earlier request, and nothing was written now. */
  readonly isNew: boolean;
}

/** Takes in uploads up to their transaction: bytes into the store, everything else ready to be written. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly intake: FileIntake,
    private readonly preparation: UploadPreparation,
    private readonly fields: UploadFields,
    private readonly usage: StorageUsage,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_UPLOAD_LIMIT'>,
  ) {}

  /**
   * Reads a form and hands what it holds to `write`, with the caller where it belongs. Bytes stay only if its transaction
   * claimed them.
   * @param into fields that the path has decided: a form that says otherwise is refused
   * @throws AppError what is wrong with the form, its project or its file, and what `write` throws
   */
  async receive<T>(
    caller: Caller,
    form: IncomingForm,
    into: ReadonlyMap<string, string>,
    write: (upload: PreparedUpload, placed: Caller) => Promise<Written<T>>,
  ): Promise<T> {
    const limit = this.limitOf(caller);
    const declaredBytes = form.declaredBytes ?? 0;
    await this.refuseEarly(caller, declaredBytes, limit);
    const shape = {
      file: 'file',
      fields: UPLOAD_FIELDS,
      maxBytes: limit + FORM_BYTES,
      tooLarge: () => fileTooLarge(limit),
    };
    let taken: TakenFile | undefined;
    let sealedFor: string | undefined;
    let isKept = false;
    try {
      const { fields: sent, fileName } = await form.read(shape, async (file) => {
        // As they are now: those that come after the file are not to be looked at in between.
        const fields = merged(file.fields, into);
        const placed = await this.fields.enter(caller, fields);
        sealedFor = placed.principal.organizationId;
        taken = await this.take(placed, { ...file, fields }, declaredBytes);
        return taken;
      });
      if (!taken) throw new Error('a form without a file was read');
      const fields = merged(sent, into);
      const placed = await this.fields.enter(caller, fields);
      if (placed.principal.organizationId !== sealedFor) throw projectTooLate();
      const target = { ...(await this.fields.read(placed, fields)), fileName };
      const written = await write(await this.preparation.prepare(placed, target, taken), placed);
      isKept = written.isNew;
      return written.answer;
    } finally {
      // An object that a transaction claimed stays even then: nobody may know whether it was committed.
      if (taken && !isKept) await this.intake.abandon(taken);
    }
  }

  private limitOf({ principal }: Caller): number {
    return largestUpload(principal, this.settings.REDOUBT_UPLOAD_LIMIT);
  }

  /** Before a byte is read: what is too large by its own account. */
  private async refuseEarly({ principal }: Caller, declaredBytes: number, limit: number): Promise<void> {
    if (declaredBytes > limit + FORM_BYTES) throw fileTooLarge(limit);
    // A key's files are its home's; those of a login may turn out to be for another organization.
    if (principal.credential.kind === 'api_key') await this.assertRoom(principal, declaredBytes);
  }

  private assertRoom({ organizationId }: Caller['principal'], declaredBytes: number): Promise<void> {
    const least = Math.max(0, declaredBytes - FORM_BYTES);
    return this.usage.assertRoom(organizationId, least, this.dataSource.manager);
  }

  private async take(placed: Caller, { bytes, fields }: FormFile, declaredBytes: number): Promise<TakenFile> {
    await this.fields.checkEarly(placed, fields);
    await this.assertRoom(placed.principal, declaredBytes);
    const { organizationId } = placed.principal;
    return this.intake.take(organizationId, bytes, this.limitOf(placed), placed.signal());
  }
}
