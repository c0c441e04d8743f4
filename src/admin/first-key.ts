import { existsSync, readFileSync } from 'node:fs';
import { generateApiKey } from '../auth/index.js';
import { adminKeyFile } from '../platform/config/admin-key-file.js';
import { writePrivateFile } from '../platform/config/private-file.js';
import type { Settings } from '../platform/config/settings.js';

/**
 * The administrator's key: that of the settings, else that of `<data>/admin-key`, else a new one, which is written
 * there first, so that a crash before the database commits loses nothing.
 */
export function firstKey(settings: Settings): string {
  if (settings.REDOUBT_ADMIN_KEY) return settings.REDOUBT_ADMIN_KEY;
  const file = adminKeyFile(settings);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const key = generateApiKey();
  writePrivateFile(file, `${key}\n`);
  return key;
}
