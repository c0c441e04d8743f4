import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { LibraryItem, LibraryTable } from './library-item.js';

type LibraryNews = 'created' | 'updated' | 'deleted';

const actionOf = (table: LibraryTable, news: LibraryNews): string =>
  table === 'prompts' ? `prompt.${news}` : `assistant.${news}`;

/** Tells of prompts and assistants in the audit log, in the transaction of what is told: ids and who sees it, never a text. */
@Injectable()
export class LibraryNewsWriter {
  constructor(private readonly audit: AuditWriter) {}

  tell(
    caller: Caller,
    table: LibraryTable,
    { id, version, visibility, userId }: LibraryItem,
    news: LibraryNews,
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    return this.audit.append(
      {
        ...entry,
        projectId: undefined,
        action: actionOf(table, news),
        target: { type: table === 'prompts' ? 'prompt' : 'assistant', id },
        subjectUserId: userId === caller.principal.userId ? undefined : userId,
        counts: { version },
        details: { ...details, visibility },
      },
      tx,
    );
  }
}
