import { StartError } from '../../platform/errors/start-error.js';
import type { DemoClient } from './demo-client.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';
import type { SecretsClient } from './secrets-client.js';

/** A password as somebody's generator makes them. */
const newPassword = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString('base64url');

const fileOf = (password: string): string =>
  `DATABASE_URL=postgresql://app:${password}@db.internal/orders\nGREETING="Good morning"   # for the front page\n`;

/**
 * An environment that goes wrong and is brought back, and a text in which one of its values turns up.
 * @throws StartError when it is not brought back, or the value is not found
 */
export async function secretsPage(
  secrets: SecretsClient,
  client: DemoClient,
  palette: Palette,
): Promise<string[]> {
  const environment = await secrets.createEnvironment('production');
  const good = await secrets.import(environment, fileOf(newPassword()), 'First release');
  const [before = '', greeting] = await secrets.export(environment);
  await secrets.import(environment, 'DATABASE_URL=postgresql://localhost/empty\n', 'By mistake');
  const [mistaken = ''] = await secrets.export(environment);
  await secrets.restore(environment, String(good));
  const [after = ''] = await secrets.export(environment);
  const { answer } = await client.process({ data: `It fails with ${before.slice('DATABASE_URL='.length)}` });
  if (after !== before || !String(answer.processed_data).includes('[VAULT_SECRET]'))
    throw new StartError('The demo ends: the environment did not come back, or its value was not found.');
  return [
    heading('Secrets that can be undone', palette),
    `  ${palette.faint('A .env file in and out; every version sealed under a key of its own.')}`,
    '',
    `  ${palette.bold('Imported')}  ${before}`,
    `            ${greeting ?? ''}`,
    `  ${palette.bold('Mistake')}   ${mistaken}`,
    `  ${palette.bold('Restored')}  ${after}`,
    '',
    '  And a log line in which it turned up, sent to "process":',
    '',
    `  ${palette.bold('Answered')}  ${String(answer.processed_data)}`,
    '',
  ];
}
