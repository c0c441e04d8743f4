import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import { type Said, verifyLogFile } from '../audit.js';
import type { DemoClient } from './demo-client.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';
import { wrap } from './spans.js';
import type { TrustClient } from './trust-client.js';

const PERSON = 'Omar Haddad';
const NOTE = `Ask ${PERSON} about the report.`;
/** Entries get their place in the log about each second. */
const SEQUENCED_MS = 1_500;
const WIDTH = 76;
const TOLD = /^(?:NOT )?VERIFIED|^ {2}(?:entries|checkpoint|history)/i;

/** A person is erased whom a token stood for: it restores nothing any more. @throws StartError when it does */
export async function erasurePage(
  trust: TrustClient,
  client: DemoClient,
  palette: Palette,
): Promise<string[]> {
  const { answer } = await client.process({ data: NOTE, method: 'tokenization' });
  const before = await client.detokenize(answer.processed_data);
  const counts = await trust.erase('PERSON_NAME', PERSON);
  const after = await client.detokenize(answer.processed_data);
  if (before.data !== NOTE || String(after.data).includes(PERSON) || !counts.tokens)
    throw new StartError('The demo ends: an erased person came back.');
  return [
    heading('A person who is erased', palette),
    `  ${palette.faint('Keys are destroyed, and a ledger outside of the database knows: no restored')}`,
    `  ${palette.faint('copy brings anybody back.')}`,
    '',
    `  ${palette.bold('Kept')}      ${String(answer.processed_data)}`,
    `  ${palette.bold('Restored')}  ${String(before.data)}`,
    `  ${palette.bold('Erased')}    ${PERSON}: ${Object.entries(counts)
      .map(([kind, count]) => `${kind.replaceAll('_', ' ')} ${count}`)
      .join(', ')}`,
    `  ${palette.bold('Restored')}  ${String(after.data)}`,
    '',
  ];
}

/**
 * The log is exported and verified without the server, and again with one word of it changed.
 * @throws StartError when the first is not verified, or the second is
 */
export async function auditProofPage(
  trust: TrustClient,
  folder: string,
  palette: Palette,
): Promise<string[]> {
  await sleep(SEQUENCED_MS);
  const [checkpoint, log] = [await trust.checkpoint(), await trust.export()];
  const asExported = await verified(folder, checkpoint, log);
  const changed = await verified(folder, checkpoint, log.replace('"text.processed"', '"text.destroyed"'));
  if (asExported.code !== 0 || changed.code !== 1)
    throw new StartError(
      `The demo ends: the audit log was not told from one that was changed. ${asExported.text}`,
    );
  return [
    heading('And proves', palette),
    `  ${palette.faint('"redoubt audit verify" needs the file, an old checkpoint, and no server.')}`,
    '',
    ...lines(asExported),
    '',
    `  ${palette.faint('The same file, with one word changed:')}`,
    '',
    ...lines(changed),
    '',
  ];
}

async function verified(folder: string, checkpoint: string, log: string): Promise<Said> {
  const [exported, kept] = [join(folder, 'audit-log.jsonl'), join(folder, 'checkpoint')];
  writeFileSync(exported, log, { mode: 0o600 });
  writeFileSync(kept, checkpoint, { mode: 0o600 });
  return verifyLogFile(['verify', exported, '--checkpoint', kept]);
}

/** What fits a terminal of what the command says: the verdict, and what it is about. */
const lines = ({ text }: Said): string[] =>
  text
    .split('\n')
    .filter((line) => TOLD.test(line))
    .flatMap((line) => wrap([{ text: line }], WIDTH))
    .map((parts) => `  ${parts.map((part) => part.text).join('')}`);
