import type { ImportOutcome } from '../import-plan.service.js';
import type { ChatImportDto, ImportedChatDto } from './import.dto.js';

/** Most things left out of one conversation that are listed; all are counted. */
const MOST_LISTED = 100;

export function presentImport(outcomes: readonly ImportOutcome[], isRehearsal: boolean): ChatImportDto {
  const count = (status: ImportOutcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return {
    dry_run: isRehearsal,
    total: outcomes.length,
    imported: count('imported'),
    skipped: count('skipped'),
    refused: count('refused'),
    messages: outcomes.reduce((sum, { status, messages }) => sum + (status === 'imported' ? messages : 0), 0),
    chats: outcomes.map(presentOutcome),
  };
}

const presentOutcome = (outcome: ImportOutcome): ImportedChatDto => ({
  index: outcome.index,
  status: outcome.status,
  id: outcome.id,
  source: outcome.source,
  source_id: outcome.sourceId,
  title: outcome.title,
  messages: outcome.messages,
  left_out_count: outcome.leftOut.length,
  left_out: outcome.leftOut.slice(0, MOST_LISTED).map(({ path, kind }) => ({ path, kind })),
  refusal: outcome.refusal && { ...outcome.refusal },
});
