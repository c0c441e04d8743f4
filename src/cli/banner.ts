import { readFileSync } from 'node:fs';
import { adminKeyFile } from '../platform/config/admin-key-file.js';
import type { Settings } from '../platform/config/settings.js';
import { curlExample } from './curl-example.js';
import type { RunningInstance } from './start.js';

/** A curl that works when pasted: with the key itself on the start that made it, later with the file it is kept in. */
function curl({ url, newKey }: RunningInstance, settings: Settings): string {
  const key = settings.REDOUBT_ADMIN_KEY
    ? '$REDOUBT_ADMIN_KEY'
    : (newKey ?? `$(cat '${adminKeyFile(settings)}')`);
  return curlExample(url, key, 'My name is John Smith, SSN 123-45-6789').join('\n');
}

/** Where the key is: a key of the settings is never repeated. */
function keyLine(settings: Settings, newKey: string | undefined): string {
  if (newKey && !settings.REDOUBT_ADMIN_KEY) {
    return `Administrator's key (shown once, kept in ${adminKeyFile(settings)}):\n\n    ${newKey}\n`;
  }
  return settings.REDOUBT_ADMIN_KEY
    ? "Administrator's key: that of REDOUBT_ADMIN_KEY."
    : `Administrator's key: in ${adminKeyFile(settings)}.`;
}

/** What a person needs to go on after a start. */
export function banner(instance: RunningInstance, settings: Settings): string {
  return [
    '',
    `Redoubt serves on ${instance.url}`,
    `Documentation and try-it: ${instance.url}/docs`,
    '',
    keyLine(settings, instance.newKey),
    '',
    'Try it:',
    '',
    curl(instance, settings),
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}

/** The administrator's key, for the demo. */
export const readAdminKey = (settings: Settings): string =>
  settings.REDOUBT_ADMIN_KEY ?? readFileSync(adminKeyFile(settings), 'utf8').trim();
