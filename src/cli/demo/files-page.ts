import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../platform/errors/start-error.js';
import type { FilesClient } from './files-client.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';

const PASSWORD = 'lantern-orchard-seventeen';
const NAME = 'discharge letter Maria Garcia.txt';
const LETTER = Buffer.from('Maria Garcia, born 1984-02-11, was discharged on 12 March. Call 555-010-4242.\n');
const SHOWN_BYTES = 22;

/** The one object that lies in the store. */
function storedObject(dataDir: string): { path: string; bytes: Buffer } {
  const folder = join(dataDir, 'files');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((entry) => join(folder, entry))
    .filter((path) => statSync(path).isFile());
  const [path] = files;
  if (path === undefined) throw new StartError(`The demo ends: there is no file below ${folder}.`);
  return { path, bytes: readFileSync(path) };
}

const hexOf = (bytes: Buffer): string =>
  `${bytes
    .subarray(0, SHOWN_BYTES)
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ')} …`;

/**
 * A letter in a project under a password: what lies on the disk, what a wrong password gets, and the letter again.
 * @throws StartError when the letter does not come back, or comes back for a wrong password
 */
export async function filesPage(client: FilesClient, dataDir: string, palette: Palette): Promise<string[]> {
  const project = await client.createProject('Letters', PASSWORD);
  const { file_id: fileId } = await client.upload(project, NAME, LETTER);
  const { bytes } = storedObject(dataDir);
  const refused = await client.download(fileId, 'lantern-orchard-eighteen');
  const restored = await client.download(fileId, PASSWORD);
  if (refused.status !== 400 || !restored.bytes.equals(LETTER))
    throw new StartError('The demo ends: the file did not come back as it should.');
  return [
    heading('A letter under a password', palette),
    `  ${palette.faint('Encrypted as it arrives, by a key of its own; its name is sealed too.')}`,
    '',
    `  ${palette.bold('Sent')}      ${NAME}, ${LETTER.length} bytes`,
    `  ${palette.bold('On disk')}   ${hexOf(bytes)}`,
    `  ${palette.bold('Wrong')}     ${refused.status}, INVALID_PASSWORD; the key that carried it is used up`,
    `  ${palette.bold('Right')}     ${restored.status}, ${restored.bytes.length} bytes, the same as were sent`,
    '',
    '  Upload needs no password; passwords travel under keys that work once.',
    '',
  ];
}
