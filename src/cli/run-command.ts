import { describeSettings, loadSettings } from '../platform/config/settings.js';
import { banner } from './banner.js';
import { failStart } from './fail.js';
import { say, serveUntilStopped, stopSignal } from './serve-until-stopped.js';
import { AlreadyExplained, startInstance } from './start.js';

async function start(): Promise<void> {
  const signalled = stopSignal();
  const settings = loadSettings(process.env);
  const instance = await startInstance(settings, say);
  process.stdout.write(banner(instance, settings));
  await serveUntilStopped(instance, signalled);
}

function help(): void {
  const settings = describeSettings().map(({ name, description }) => `  ${name.padEnd(24)} ${description}`);
  process.stdout.write(
    [
      'redoubt start    serve, with an embedded PostgreSQL unless DATABASE_URL is set',
      'redoubt demo     start in a temporary folder and show what Redoubt does',
      'redoubt setup    migrate the database of DATABASE_URL and prepare it, then end',
      'redoubt api      serve the API on the prepared database of DATABASE_URL, as one process of several',
      'redoubt worker   do background work for it, as one process of several',
      'redoubt echo     serve a model that repeats what it is sent: [--host 127.0.0.1] [--port 8900] [--words 1] [--delay ms]',
      'redoubt audit    verify an exported audit log, without a server: verify EXPORT [--checkpoint FILE] [--key KEY] [--instance EXPORT]',
      '',
      'Settings (environment variables):',
      ...settings,
      '',
    ].join('\n'),
  );
}

const COMMANDS: Readonly<Record<string, (options: readonly string[]) => Promise<void> | void>> = {
  start,
  help,
  demo: async () => (await import('./demo.js')).demo(),
  setup: async () => (await import('./set-up.js')).setUp(),
  api: async () => (await import('./serve.js')).serve(),
  worker: async () => (await import('./work.js')).work(),
  echo: async (options) => (await import('./echo.js')).echo(options),
  audit: async (options) => (await import('./audit.js')).audit(options),
};

/** Runs one command of the command line; an unknown one shows the help and fails. */
export async function runCommand([name = 'help', ...options]: readonly string[]): Promise<void> {
  const command = COMMANDS[name];
  try {
    if (command) return await command(options);
    help();
    process.exit(2);
  } catch (error) {
    if (error instanceof AlreadyExplained) process.exit(1);
    failStart(error);
  }
}
