import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import { sha256InSlices } from '../../../platform/digest/sha256.js';
import { invalidField, platformError } from '../../../platform/errors/app-error.js';
import type { IncomingForm } from '../../../platform/http/multipart.js';
import { holds } from '../../../platform/http/principal.js';
import { RequestPipe } from '../../../platform/http/request.pipe.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Tenancy } from '../../../platform/http/tenancy.service.js';
import { largestUpload } from '../../../platform/limits/plans.js';
import type { ImportRequest } from '../chat-imports.service.js';
import { FileItems, itemsOfValue } from '../file-items.js';
import { IMPORT_FORMATS, ImportChatsDto, type ImportFormat } from './import.dto.js';

/** What a form takes beside its file, in bytes. */
const FORM_BYTES = 64 * 1024;
/** Largest file, in bytes, whatever the server allows of others: it is in memory while it is imported. */
const MOST_BYTES = 100 * 2 ** 20;

const pipe = new RequestPipe();

/** What is asked for, and by whom: where a form says where it belongs, they are taken there. */
export interface PlacedImport {
  readonly caller: Caller;
  readonly order: ImportRequest;
}

/** Reads a request for an import: as JSON, where it had any, or else as a form. */
@Injectable()
export class ImportReader {
  constructor(
    private readonly tenancy: Tenancy,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_UPLOAD_LIMIT'>,
  ) {}

  /** @throws AppError what is wrong with the fields; PAYLOAD_TOO_LARGE; INVALID_JSON for a file that is no text */
  async read(caller: Caller, json: unknown, form: IncomingForm): Promise<PlacedImport> {
    return json === undefined ? this.readForm(caller, form) : { caller, order: await readJson(json) };
  }

  private async readForm(caller: Caller, form: IncomingForm): Promise<PlacedImport> {
    const limit = Math.min(MOST_BYTES, largestUpload(caller.principal, this.settings.REDOUBT_UPLOAD_LIMIT));
    const tooLarge = () =>
      platformError('PAYLOAD_TOO_LARGE', {
        message: `The file is larger than ${limit} bytes. Import it in parts.`,
      });
    const shape = {
      file: 'file',
      fields: ['format', 'dry_run', 'project_id'],
      maxBytes: limit + FORM_BYTES,
      tooLarge,
    };
    if ((form.declaredBytes ?? 0) > shape.maxBytes) throw tooLarge();
    const { fields, taken } = await form.read(shape, ({ bytes }) => taking(bytes, limit, tooLarge));
    const projectId = fields.get('project_id') || undefined;
    const format = wordOf(fields, 'format', IMPORT_FORMATS) ?? 'auto';
    const isRehearsal = wordOf(fields, 'dry_run', ['true', 'false']) === 'true';
    // A file that is no text is refused before anything is done for it.
    new FileItems(taken.bytes, 'file');
    const items = () => new FileItems(taken.bytes, 'file').read();
    const order = { items, format: formatOf(format), projectId, isRehearsal };
    return { caller: await this.enter(caller, projectId), order };
  }

  private async enter(caller: Caller, projectId: string | undefined): Promise<Caller> {
    if (projectId === undefined) return caller;
    const principal = await this.tenancy.enter(caller.principal, { prefix: 'proj', name: projectId });
    if (!holds(principal, 'chat:write')) throw platformError('PERMISSION_DENIED');
    return { ...caller, principal };
  }
}

async function readJson(json: unknown): Promise<ImportRequest> {
  const body: unknown = await pipe.transform(json, { type: 'body', metatype: ImportChatsDto });
  if (!(body instanceof ImportChatsDto)) throw new Error('a body became no object of its class');
  const { data, format, dry_run: isRehearsal, project_id: projectId } = body;
  const rest = { format: formatOf(format), projectId, isRehearsal };
  if (typeof data !== 'string') return { items: () => itemsOfValue(data), ...rest };
  const bytes = Buffer.from(data);
  return { items: () => new FileItems(bytes, 'data').read(), ...rest };
}

async function taking(stream: Readable, limit: number, tooLarge: () => Error) {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return { bytes, digest: await sha256InSlices(bytes) };
}

/** @throws AppError VALIDATION_ERROR for another word; an empty field counts as none */
function wordOf<Word extends string>(
  fields: ReadonlyMap<string, string>,
  field: string,
  words: readonly Word[],
): Word | undefined {
  const text = fields.get(field);
  const word = words.find((known) => known === text);
  if (text && !word)
    throw invalidField(field, 'enum', `'${field}' must be one of: ${words.join(', ')}.`, words);
  return word;
}

const formatOf = (format: ImportFormat) => (format === 'auto' ? undefined : format);
