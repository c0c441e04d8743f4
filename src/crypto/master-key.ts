import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../platform/config/private-file.js';
import type { Settings } from '../platform/config/settings.js';
import { StartError } from '../platform/errors/start-error.js';
import { KEY_BYTES } from './xaes.js';

/** The root of the key hierarchy. Its id is a fingerprint, so that the same key has the same id everywhere. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
  /** Where it came from, for messages. */
  readonly source: string;
}

const identify = (key: Buffer): string =>
  `mkey_${createHash('sha256').update('redoubt master key id').update(key).digest('hex').slice(0, 24)}`;

/** Injection token of the process's master key. */
export const MASTER_KEY = Symbol('master key');

/**
 * The master key of the settings, or of `<data>/master-key`, which is made (mode 0600) when `create` allows it.
 * @throws StartError when there is none, or the file does not hold 32 bytes in base64
 */
export function loadMasterKey(settings: Settings, create: boolean): MasterKey {
  const given = settings.REDOUBT_MASTER_KEY;
  if (given) return { id: identify(given), key: given, source: 'REDOUBT_MASTER_KEY' };
  const file = join(settings.REDOUBT_DATA_DIR, 'master-key');
  if (!existsSync(file)) {
    if (!create) throw new StartError(`There is no master key: set REDOUBT_MASTER_KEY or restore ${file}.`);
    writePrivateFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new StartError(`${file} does not hold a master key (32 bytes in base64).`);
  return { id: identify(key), key, source: file };
}
