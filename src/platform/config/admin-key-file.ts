import { join } from 'node:path';
import type { Settings } from './settings.js';

/** Where the administrator's key is kept. */
export const adminKeyFile = (settings: Settings): string => join(settings.REDOUBT_DATA_DIR, 'admin-key');
