import { loadSettings, type Settings } from '../platform/config/settings.js';
import { readAdminKey } from './banner.js';
import { auditLines } from './demo/audit-glance.js';
import { batchPage } from './demo/batch-page.js';
import { closingLines } from './demo/closing.js';
import { CompletionsClient } from './demo/completions-client.js';
import { DemoClient } from './demo/demo-client.js';
import { DocumentsClient } from './demo/documents-client.js';
import { FilesClient } from './demo/files-client.js';
import { filesPage } from './demo/files-page.js';
import { KnowledgeClient } from './demo/knowledge-client.js';
import { knowledgePage } from './demo/knowledge-page.js';
import { type Palette, paletteOf, wantsColours } from './demo/palette.js';
import { Progress } from './demo/progress.js';
import { redactionPage } from './demo/redaction-page.js';
import { heading, samplePage } from './demo/sample-page.js';
import { SAMPLES } from './demo/samples.js';
import { SecretsClient } from './demo/secrets-client.js';
import { secretsPage } from './demo/secrets-page.js';
import { shieldPage } from './demo/shield-page.js';
import { tokensPage } from './demo/tokens-page.js';
import { TrustClient } from './demo/trust-client.js';
import { auditProofPage, erasurePage } from './demo/trust-page.js';
import { demoEnvironment, openWorkspace } from './demo/workspace.js';
import { serveUntilStopped, stopSignal } from './serve-until-stopped.js';
import { type RunningInstance, startInstance } from './start.js';

const show = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

async function start(settings: Settings, env: NodeJS.ProcessEnv): Promise<RunningInstance> {
  const progress = new Progress(process.stderr, 'Starting a database and the API in a temporary folder');
  try {
    const instance = await startInstance(settings, progress.say, env);
    progress.end();
    progress.say(`Started in ${progress.seconds} s; serving on ${instance.url}\n`);
    return instance;
  } finally {
    progress.end();
  }
}

interface Stage {
  readonly client: DemoClient;
  readonly files: FilesClient;
  readonly documents: DocumentsClient;
  readonly secrets: SecretsClient;
  readonly completions: CompletionsClient;
  readonly knowledge: KnowledgeClient;
  readonly trust: TrustClient;
  readonly dataDir: string;
}

/** Makes the calls and shows them. @throws StartError when one is not answered as it should be */
async function present(
  { client, files, documents, secrets, completions, knowledge, trust, dataDir }: Stage,
  palette: Palette,
): Promise<void> {
  for (const sample of SAMPLES) show(samplePage(sample, await client.process(sample.request), palette));
  const entries = await client.latestEntries(SAMPLES.length);
  show(await tokensPage(client, palette));
  show(await batchPage(client, palette));
  show(await filesPage(files, dataDir, palette));
  show(await secretsPage(secrets, client, palette));
  show(await shieldPage(completions, secrets, palette));
  show(await knowledgePage(knowledge, palette));
  show(await redactionPage(documents, palette));
  show(await erasurePage(trust, client, palette));
  show([
    heading('What the audit log kept of it', palette),
    `  ${palette.faint('Who, when and how many: never a word of what was sent.')}`,
    '',
    ...auditLines(entries, palette).map((line) => `  ${line}`),
    '',
  ]);
  show(await auditProofPage(trust, dataDir, palette));
}

/**
 * Starts Redoubt in a temporary folder on a free port, shows what it does with samples and a document, and serves until it
 * is told to stop. Leaves nothing behind but what it says that it leaves: the document before and after.
 * @throws StartError when a call is not answered with 200; everything is stopped by then
 */
export async function demo(): Promise<void> {
  let stopping = false;
  const signalled = stopSignal();
  void signalled.then(() => {
    stopping = true;
  });
  const folder = openWorkspace();
  const env = demoEnvironment(process.env, folder);
  const settings = loadSettings(env);
  const palette = paletteOf(wantsColours(process.env, settings.REDOUBT_COLOR, process.stdout.isTTY));
  const instance = await start(settings, env);
  const key = readAdminKey(settings);
  const presented = async (): Promise<void> => {
    const { url } = instance;
    const dataDir = settings.REDOUBT_DATA_DIR;
    const stage = {
      client: new DemoClient(url, key),
      files: new FilesClient(url, key),
      documents: new DocumentsClient(url, key),
      secrets: new SecretsClient(url, key),
      completions: new CompletionsClient(url, key),
      knowledge: new KnowledgeClient(url, key),
      trust: new TrustClient(url, key),
      dataDir,
    };
    await present(stage, palette);
    show(closingLines({ url, key, folder }, palette));
  };
  try {
    if (!stopping) await Promise.race([signalled, presented()]);
  } catch (error) {
    await instance.stop();
    throw error;
  }
  await serveUntilStopped(instance, signalled);
}
