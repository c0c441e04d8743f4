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

/** Where the master key is kept when no setting holds it, and where the one that is to follow it. */
export const masterKeyFile = (settings: Settings): string => join(settings.REDOUBT_DATA_DIR, 'master-key');
export const nextMasterKeyFile = (settings: Settings): string => `${masterKeyFile(settings)}.next`;

/** A fresh master key as a file holds it. */
export const newMasterKeyText = (): string => `${randomBytes(KEY_BYTES).toString('base64')}\n`;

/**
 * The master key that a file holds; undefined when there is no such file.
 * @throws StartError when it does not hold 32 bytes in base64
 */
export function readMasterKeyFile(file: string): MasterKey | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new StartError(`${file} does not hold a master key (32 bytes in base64).`);
  return { id: identify(key), key, source: file };
}

/** Another process may remove the file between a look and a read. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The master key of the settings, or of `<data>/master-key`, which is made (mode 0600) when `create` allows it.
 * @throws StartError when there is none, or the file does not hold 32 bytes in base64
 */
export function loadMasterKey(settings: Settings, create: boolean): MasterKey {
  const given = settings.REDOUBT_MASTER_KEY;
  if (given) return { id: identify(given), key: given, source: 'REDOUBT_MASTER_KEY' };
  const file = masterKeyFile(settings);
  if (create && !existsSync(file)) writePrivateFile(file, newMasterKeyText());
  const found = readMasterKeyFile(file);
  if (!found) throw new StartError(`There is no master key: set REDOUBT_MASTER_KEY or restore ${file}.`);
  return found;
}

/**
 * The master key that is to follow: of the settings, or of `<data>/master-key.next` where the present one is kept in
 * a file too.
 * @throws StartError when the file does not hold 32 bytes in base64
 */
export function loadNextMasterKey(settings: Settings): MasterKey | undefined {
  const given = settings.REDOUBT_NEXT_MASTER_KEY;
  if (given) return { id: identify(given), key: given, source: 'REDOUBT_NEXT_MASTER_KEY' };
  return settings.REDOUBT_MASTER_KEY ? undefined : readMasterKeyFile(nextMasterKeyFile(settings));
}
