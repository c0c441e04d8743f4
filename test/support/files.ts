import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
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

/** What a request carries in place of a password, under a key of its own. */
export async function secretOf(
  client: Client,
  password: string,
): Promise<{ key_id: string; encrypted_password: string }> {
  const { body } = await client.get('/api/v1/crypto/ephemeral-key');
  const key = createPublicKey({ key: Buffer.from(body.public_key, 'base64'), format: 'der', type: 'spki' });
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const encrypted = publicEncrypt(options, Buffer.from(password));
  return { key_id: body.key_id, encrypted_password: encrypted.toString('base64') };
}

/** Bytes that are a PDF by their first ones, and noise after that. */
export const pdf = (noise: Buffer): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]);
