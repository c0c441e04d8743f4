import { verifierKey } from '../audit/log/signed-note.js';
import type { VerifiedStream } from '../audit/log/stream-verifier.js';
import { count } from './audit-input.js';

const KEY_GIVEN = 'the one given';
const NO_KEY_GIVEN =
  'NOT compared: it is the one that the copy names; give --key to hold it against one you know';
const NO_HISTORY =
  'NOT compared: give --instance-checkpoint with one that was kept elsewhere, or a log made anew passes';

/** What is said of a collector's copy in which nothing is wrong. */
export function reportOfStream(verified: VerifiedStream): string {
  const { verifier, checkpoint, old, isKeyGiven, organizations, entries, taken, repeated, waiting } =
    verified;
  const isWaiting = waiting.entries + waiting.heads > 0;
  return [
    'Verified. Nothing was changed, left out, put in or exchanged.',
    `  log         ${verifier.name}`,
    `  entries     ${count(entries, 'entry', 'entries')} of ${count(organizations, 'organization', 'organizations')}, from the first on`,
    ...(taken > 0
      ? [
          `  retention   ${count(taken, 'entry is', 'entries are')} kept no longer: of them there are the hashes alone`,
        ]
      : []),
    ...(repeated > 0 ? [`  repeated    ${count(repeated, 'message', 'messages')} came again`] : []),
    ...(isWaiting
      ? [
          `  waiting     NOT proven: ${count(waiting.entries, 'entry', 'entries')} and ${count(waiting.heads, 'head', 'heads')} that no checkpoint tells of yet`,
        ]
      : []),
    `  checkpoint  ${count(checkpoint.size, 'head', 'heads')}, root ${checkpoint.root.toString('base64')}`,
    `  key         ${verifierKey(verifier)}`,
    `              ${isKeyGiven ? KEY_GIVEN : NO_KEY_GIVEN}`,
    `  history     ${old ? `goes on from the checkpoint given, of ${count(old.size, 'head', 'heads')}` : NO_HISTORY}`,
    '',
  ].join('\n');
}
