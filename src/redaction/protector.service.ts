import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import {
  type Analysis,
  type AnalysisOptions,
  analyze,
  type Entity,
  type FindsIn,
} from './engine/analysis.js';
import { runCooperatively } from './engine/cooperation.js';
import { createOperator } from './engine/operators/create-operator.js';
import { Tokenization } from './engine/operators/tokenization.js';
import { type Protection, replaceFindings } from './engine/protection.js';
import type { JsonValue } from './engine/structure/json-event.js';
import type { StructuredDocument } from './engine/structure/structured-document.js';
import { publicName } from './engine/type-names.js';
import type { operatorOf } from './protection-options.js';
import type { Stoppable } from './time-limit.js';
import { codesIn } from './tokens/document-tokens.js';
import type { TokenScope } from './tokens/project-tokens.js';
import { JOINER } from './tokens/token-form.js';
import type { Tokens } from './tokens/token-issuer.service.js';
import { TokenKeeper } from './tokens/token-keeper.js';
import { TokenProjects } from './tokens/token-projects.service.js';
import { TokensService } from './tokens/tokens.service.js';

/** What was found, and the method that replaces it. */
export interface Found {
  readonly entities: readonly Entity[];
  readonly methodUsed: string;
  /** What the audit row says beside: numbers of the method, never content. */
  readonly noted?: Readonly<Record<string, number>>;
}

/** Writes an operation's audit row: in the transaction of its tokens, where it has one. */
export type Recorder = (found: Found, tx: Tx | undefined) => Promise<void>;

/** Searches a document by other means than a generator: in another thread, outside of the tokens that were issued. */
export interface SearchElsewhere {
  analyze(
    issued: ReadonlyMap<string, string>,
    options: AnalysisOptions,
    stoppable: Stoppable,
  ): Promise<Analysis>;
}

type Plan = ReturnType<typeof operatorOf>;
type Document = StructuredDocument<JsonValue>;

/** Runs the engine on one document, by methods that need nothing else and by those that need the database. */
@Injectable()
export class Protector {
  constructor(
    private readonly tokens: TokensService,
    private readonly projects: TokenProjects,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Tokens of the plan's project that stand in the document already are left as they are, whatever the method. */
  async protect(
    stoppable: Stoppable,
    document: Document,
    search: FindsIn | SearchElsewhere,
    plan: Plan,
    record?: Recorder,
  ): Promise<Protection<JsonValue>> {
    const issued = await this.issuedIn(stoppable, document, plan);
    const { method, tokens: _, ...options } = plan;
    const analysis = await analysisBy(search, document, issued, options, stoppable);
    if (method === 'tokenization') return this.tokenize(stoppable, document, analysis, plan, record);
    const operator = createOperator(method, options);
    const result = await runCooperatively(replaceFindings(document, analysis, operator, method), stoppable);
    await record?.(result, undefined);
    return result;
  }

  private async tokenize(
    stoppable: Stoppable,
    document: Document,
    analysis: Analysis,
    { method, tokens }: Plan,
    record?: Recorder,
  ): Promise<Protection<JsonValue>> {
    if (!tokens?.scope) throw new Error('tokenization without a scope');
    const issued = await this.issue(stoppable, tokens.scope, analysis, (tx) =>
      record?.({ entities: analysis.entities, methodUsed: method }, tx),
    );
    const operator = new Tokenization(issued, JOINER);
    return runCooperatively(replaceFindings(document, analysis, operator, method), stoppable);
  }

  /** The slow part first, then one transaction that holds all new tokens and the audit row. */
  private async issue(
    stoppable: Stoppable,
    scope: TokenScope,
    { entities }: Analysis,
    record: (tx: Tx) => Promise<void> | undefined,
  ): Promise<Tokens> {
    const values = entities.map(({ type, text }) => ({ type: publicName(type), text }));
    const prepared = await this.tokens.prepare(scope, values, stoppable);
    return this.unitOfWork.run(async (tx) => {
      const tokens = await this.tokens.store(prepared, tx);
      await record(tx);
      return tokens;
    });
  }

  /** Asks the database only when something in the document has the form of a token. */
  private async issuedIn(
    stoppable: Stoppable,
    document: Document,
    { tokens }: Plan,
  ): Promise<ReadonlyMap<string, string>> {
    if (!tokens) return new Map();
    const codes = await runCooperatively(codesIn(document), stoppable);
    const scope = codes.size === 0 ? undefined : await this.projects.scopeOf(tokens);
    return scope ? this.tokens.issued(scope, codes) : new Map();
  }
}

function analysisBy(
  search: FindsIn | SearchElsewhere,
  document: Document,
  issued: ReadonlyMap<string, string>,
  options: AnalysisOptions,
  stoppable: Stoppable,
): Promise<Analysis> {
  if ('analyze' in search) return search.analyze(issued, options, stoppable);
  const finder = issued.size === 0 ? search : new TokenKeeper(search, issued);
  return runCooperatively(analyze(document, finder, options), stoppable);
}
