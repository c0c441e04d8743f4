import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Receives } from './functions/tool-function.js';
import { MOST_TOOLS, type Tool, type ToolContent, type ToolKind, type ToolRow } from './tool.js';
import { ToolSealer } from './tool-sealer.service.js';
import { toolError } from './tools.errors.js';
import { ToolsRepository } from './tools.repository.js';

/** What a change leaves of a tool, made of the version that it was read in. */
export interface ToolState {
  readonly version: number;
  readonly receives: Receives;
  readonly content: ToolContent;
}

/** Changing tools: each change has its audit row, both or none. */
@Injectable()
export class ToolChanges {
  constructor(
    private readonly repository: ToolsRepository,
    private readonly sealer: ToolSealer,
    private readonly audit: AuditWriter,
  ) {}

  /** @throws AppError TOOLS_FULL */
  async createTool(
    caller: Caller,
    kind: ToolKind,
    receives: Receives,
    content: ToolContent,
    tx: Tx,
  ): Promise<Tool> {
    const { organizationId, userId } = caller.principal;
    if ((await this.repository.countLocked(organizationId, tx)) >= MOST_TOOLS) throw toolError('TOOLS_FULL');
    const now = new Date();
    const place = { organizationId, id: newId('tool'), version: 1 };
    const row = {
      ...{ ...place, kind, receives, functionCount: content.functions.length },
      ...{ createdBy: userId, authorId: userId, createdAt: now, updatedAt: now },
    };
    await this.repository.insert({ ...row, contentSealed: await this.sealer.seal(place, content, tx) }, tx);
    await this.tell(caller, row, 'created', tx);
    return { ...row, ...content };
  }

  /**
   * Whoever changes a tool becomes its author, whose rights its variables are read with: nobody else's secrets go where they
   * say.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, also when somebody else has changed it in the meantime
   */
  async changeTool(
    caller: Caller,
    id: string,
    { version, receives, content }: ToolState,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Tool> {
    const row = await this.lock(caller, id, ifMatch, tx);
    assertMatch([`"${version}"`], row.version);
    const changed = {
      ...{ ...row, receives, functionCount: content.functions.length, version: row.version + 1 },
      ...{ authorId: caller.principal.userId, updatedAt: new Date() },
    };
    const contentSealed = await this.sealer.seal(changed, content, tx);
    await this.repository.update({ ...changed, contentSealed }, tx);
    await this.tell(caller, changed, 'updated', tx);
    const { contentSealed: _, ...plain } = changed;
    return { ...plain, ...content };
  }

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async deleteTool(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const row = await this.lock(caller, id, ifMatch, tx);
    await this.repository.delete(row.organizationId, id, tx);
    await this.tell(caller, row, 'deleted', tx);
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<ToolRow> {
    const row = await this.repository.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  /** Ids, settings and counts; what a tool is called and asks for is sealed. */
  private async tell(
    caller: Caller,
    tool: Omit<ToolRow, 'contentSealed'>,
    news: 'created' | 'updated' | 'deleted',
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    const { id, kind, receives, functionCount, version } = tool;
    await this.audit.append(
      {
        ...{ ...entry, projectId: undefined, action: `tool.${news}`, target: { type: 'tool', id } },
        counts: { functions: functionCount, version },
        details: { ...details, kind, receives },
      },
      tx,
    );
  }
}
