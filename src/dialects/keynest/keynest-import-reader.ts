import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { sha256 } from '../../platform/digest/sha256.js';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import type { IncomingForm } from '../../platform/http/multipart.js';
import { RequestPipe } from '../../platform/http/request.pipe.js';
import type { ImportFiles } from '../../secrets/index.js';
import {
  IMPORT_FORMATS,
  type ImportFormat,
  ImportKeynestVariablesDto,
  type KeynestFormat,
  MAX_IMPORT_BYTES,
} from './keynest-import.dto.js';

/** What a form takes beside its file, in bytes. */
const FORM_BYTES = 64 * 1024;

const tooLarge = () =>
  platformError('PAYLOAD_TOO_LARGE', { message: 'The file is larger than 10 MiB. Import it in parts.' });

const SHAPE = {
  file: 'file',
  fields: ['overwrite', 'format'],
  maxBytes: MAX_IMPORT_BYTES + FORM_BYTES,
  tooLarge,
};

const pipe = new RequestPipe();

/** What is to be imported, and whether over what is there. */
export interface KeynestImport extends ImportFiles.ImportSource {
  readonly overwrite: boolean;
}

/** KeyNest's name of a format in the core's words. */
export const formatOfKeynest = (format: KeynestFormat) => (format === 'env' ? 'dotenv' : format);

const sourceFormat = (format: ImportFormat) => (format === 'auto' ? 'auto' : formatOfKeynest(format));

/**
 * Reads an import as JSON, where the request had any, or else as a form.
 * @throws AppError what is wrong with the fields; PAYLOAD_TOO_LARGE above 10 MiB
 */
export async function readKeynestImport(json: unknown, form: IncomingForm): Promise<KeynestImport> {
  if (json === undefined) return readForm(form);
  const body: unknown = await pipe.transform(json, { type: 'body', metatype: ImportKeynestVariablesDto });
  if (!(body instanceof ImportKeynestVariablesDto)) throw new Error('a body became no object of its class');
  return { text: body.data, format: sourceFormat(body.format), overwrite: body.overwrite };
}

async function readForm(form: IncomingForm): Promise<KeynestImport> {
  const { fields, fileName, taken } = await form.read(SHAPE, take);
  const format = wordOf(fields, 'format', IMPORT_FORMATS) ?? 'auto';
  const overwrite = wordOf(fields, 'overwrite', ['true', 'false']) ?? 'true';
  if (!isUtf8(taken.bytes))
    throw invalidField('file', 'encoding', "'file' must be text in UTF-8. Save it so, and send it again.");
  const text = taken.bytes.toString('utf8');
  return { text, format: sourceFormat(format), fileName, overwrite: overwrite === 'true' };
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

async function take({ bytes: stream }: { readonly bytes: Readable }) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length > MAX_IMPORT_BYTES) throw tooLarge();
  return { bytes, digest: sha256(bytes) };
}
