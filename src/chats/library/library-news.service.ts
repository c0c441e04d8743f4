import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { LibraryItem, LibraryTable } from './library-item.js';

const KINDS = { prompts: 'prompt', assistants: 'assistant' } as const;

/** Tells of prompts and assistants in the audit log, in the transaction of what is told: ids and who sees it, never a text. */
@Injectable()
export class LibraryNews {
  constructor(private readonly audit: AuditWriter) {}

  tell(
    caller: Caller,
    table: LibraryTable,
    { id, version, visibility, userId }: LibraryItem,
    news: 'created' | 'updated' | 'deleted',
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    const kind = KINDS[table];
    return this.audit.append(
      {
        ...entry,
        projectId: undefined,
        action: `${kind}.${news}`,
        target: { type: kind, id },
        subjectUserId: userId,
        counts: { version },
        details: { ...details, visibility },
      },
      tx,
    );
  }
}
