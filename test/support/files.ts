import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { Answer, Client } from './client.js';

/** A form with a file, its fields before it unless told otherwise. */
export function fileForm(
  name: string,
  bytes: Buffer | string,
  fields: Record<string, string> = {},
  { fieldsLast = false } = {},
): FormData {
  const form = new FormData();
  const addFields = (): void => {
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
  };
  if (!fieldsLast) addFields();
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  if (fieldsLast) addFields();
  return form;
}

export const upload = (
  client: Client,
  form: FormData,
  { path = '/api/v1/files/upload', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> => client.send('POST', path, { form, headers });

const POOL_MS = 60_000;

/** A key; just after a start the pool may be empty, and a minute has its limit: the answer says when to ask again. */
export async function ephemeralKey(client: Client): Promise<{ key_id: string; public_key: string }> {
  for (const since = Date.now(); ; ) {
    const { status, headers, body } = await client.get('/api/v1/crypto/ephemeral-key');
    if (![429, 503].includes(status) || Date.now() - since > POOL_MS) return body;
    await sleep(Number(headers.get('retry-after')) * 1000);
  }
}

/** Texts encrypted with one key. */
export async function secretsOf(
  client: Client,
  ...texts: string[]
): Promise<{ key_id: string; encrypted: string[] }> {
  const { key_id, public_key } = await ephemeralKey(client);
  const key = createPublicKey({ key: Buffer.from(public_key, 'base64'), format: 'der', type: 'spki' });
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const encrypted = texts.map((text) => publicEncrypt(options, Buffer.from(text)).toString('base64'));
  return { key_id, encrypted };
}

/** What a request carries in place of a password, under a key of its own. */
export async function secretOf(
  client: Client,
  password: string,
): Promise<{ key_id: string; encrypted_password: string }> {
  const { key_id, encrypted } = await secretsOf(client, password);
  return { key_id, encrypted_password: encrypted[0] ?? '' };
}

/** A PDF of one page that shows some lines. */
export async function letterPdf(lines: readonly string[], password?: string): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([595, 842]);
  lines.forEach((line, row) => {
    page.drawText(line, { x: 60, y: 780 - row * 28, size: 11, font });
  });
  if (password !== undefined)
    document.encrypt({ userPassword: password, ownerPassword: `${password} of the owner` });
  return Buffer.from(await document.save({ useObjectStreams: password === undefined }));
}

/** Bytes that are a PDF by their first ones, and noise after that. */
export const pdf = (noise: Buffer): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]);
