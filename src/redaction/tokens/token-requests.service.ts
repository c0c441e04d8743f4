import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { runCooperatively } from '../engine/cooperation.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import { type DataFormat, openDocument } from '../engine/structure/open-document.js';
import { refusalOf } from '../engine-failure.js';
import { redactionError } from '../redaction.errors.js';
import { codesIn, restoredFields } from './document-tokens.js';
import type { TokenScope } from './project-tokens.js';
import { parseToken } from './token-form.js';
import { TokenProjects } from './token-projects.service.js';
import type { TokenRecord } from './token-record.js';
import { RestoredTooLargeError, type Restorer } from './token-restorer.js';
import { TokensService } from './tokens.service.js';

export interface DetokenizeInput {
  readonly data: JsonValue;
  readonly format?: DataFormat | undefined;
  readonly project_id?: string | undefined;
}

/** Data with values in place of tokens, and what was left. */
export interface Detokenized {
  readonly data: JsonValue;
  readonly restorer: Restorer;
}

const NONE: Listed<TokenRecord> = { rows: [], total: 0, next: undefined };

/** What clients ask of their projects' tokens. */
@Injectable()
export class TokenRequests {
  constructor(
    private readonly tokens: TokensService,
    private readonly projects: TokenProjects,
    private readonly audit: AuditWriter,
  ) {}

  /** @throws AppError INVALID_DATA, NOT_FOUND, RESULT_TOO_LARGE, TIME_LIMIT_EXCEEDED, VALIDATION_ERROR */
  async detokenize(caller: Caller, { data, format, project_id }: DetokenizeInput): Promise<Detokenized> {
    const tokens = await this.projects.get(caller.principal, project_id);
    const scope = await this.projects.scopeOf(tokens);
    const result = await this.restore(caller, { data, format }, scope).catch((error: unknown) => {
      throw failureOf(error);
    });
    await this.audit.appendAlone({
      ...auditOf(caller),
      projectId: tokens.projectId,
      action: 'text.detokenized',
      counts: { restored: result.restorer.restored, unresolved: result.restorer.left },
    });
    return result;
  }

  /** Erases a value by one of its tokens. @throws AppError NOT_FOUND, VALIDATION_ERROR */
  async erase(caller: Caller, text: string, given: string | undefined, tx: Tx): Promise<void> {
    const tokens = await this.projects.get(caller.principal, given);
    const { projectId } = tokens;
    const scope = await this.projects.scopeOf(tokens);
    const token = parseToken(text);
    if (!scope || !token) throw platformError('NOT_FOUND');
    const { id, erased } = await this.tokens.erase(scope, token, tx);
    const target = { type: 'token', id };
    const entry = {
      ...auditOf(caller),
      projectId,
      action: 'token.erased',
      target,
      counts: { tokens: erased },
    };
    await this.audit.append(entry, tx);
  }

  /** @throws AppError NOT_FOUND, VALIDATION_ERROR */
  async list(
    caller: Caller,
    filter: { readonly type: string | undefined; readonly project_id: string | undefined },
    listing: Listing,
  ): Promise<Listed<TokenRecord>> {
    const tokens = await this.projects.get(caller.principal, filter.project_id);
    const scope = await this.projects.scopeOf(tokens);
    return scope ? this.tokens.list(scope, filter, listing) : NONE;
  }

  private async restore(
    caller: Caller,
    { data, format }: Pick<DetokenizeInput, 'data' | 'format'>,
    scope: TokenScope | undefined,
  ): Promise<Detokenized> {
    const document = openDocument(data, format);
    const codes = await runCooperatively(codesIn(document), caller);
    const restorer = await this.tokens.restorer(scope, codes, caller);
    const texts = await runCooperatively(restoredFields(document, restorer), caller);
    const restored = await runCooperatively(
      document.rewrite((_, index) => texts.get(index)),
      caller,
    );
    return { data: restored, restorer };
  }
}

function failureOf(error: unknown): unknown {
  if (error instanceof RestoredTooLargeError) return redactionError('RESULT_TOO_LARGE', { cause: error });
  return refusalOf(error, 'data') ?? error;
}
