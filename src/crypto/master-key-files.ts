import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writePrivateFile } from '../platform/config/private-file.js';
import type { Settings } from '../platform/config/settings.js';
import {
  type MasterKey,
  masterKeyFile,
  newMasterKeyText,
  nextMasterKeyFile,
  readMasterKeyFile,
} from './master-key.js';

/** A file's name is on the disk only once its folder is; Windows opens no folders, and needs none of it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * The key of `<data>/master-key.next`, which is made when it is not there. Resolved means that it outlives a loss of
 * power. Never in place of one that is there: the database may know that one already.
 */
export function makeNextMasterKey(settings: Settings): MasterKey {
  const file = nextMasterKeyFile(settings);
  const fresh = `${file}.${process.pid}`;
  writePrivateFile(fresh, newMasterKeyText());
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
  syncFolder(dirname(file));
  const made = readMasterKeyFile(file);
  if (!made) throw new Error('the next master key vanished');
  return made;
}

/**
 * Puts the next master key in the place of the old one. Both files hold it for a moment, so that whoever reads the
 * next one first and the other one then finds it at any time.
 * @param inUse id of the only key that the database knows; another one is left where it is
 */
export function promoteNextMasterKey(settings: Settings, inUse: string): void {
  const file = nextMasterKeyFile(settings);
  if (settings.REDOUBT_MASTER_KEY || readMasterKeyFile(file)?.id !== inUse) return;
  writePrivateFile(masterKeyFile(settings), readFileSync(file, 'utf8'));
  syncFolder(dirname(file));
  rmSync(file);
}
