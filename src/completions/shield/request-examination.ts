import {
  EngineCooperation,
  EngineMasking,
  EngineSplice,
  EngineTypes,
  TokenForm,
} from '../../redaction/index.js';
import { isObject, type JsonObject } from '../json.js';
import type { Counts } from '../receipts/receipt.js';
import { AnswerRestorer } from './answer-restorer.js';
import type { Conversation, ConversationTokens, Resolution, TokenValue } from './conversation.js';
import type { Examination, ShieldedRequest } from './examination.js';
import type { RequestDocument } from './request-document.js';
import type { RequestFindings } from './request-findings.js';
import type { RequestText } from './request-text.js';
import { RestorableTokens } from './restorable-tokens.js';
import type { Spot } from './spots.js';

const TEXTS_PER_TURN = 100;

/** What an examination works with. */
export interface Examined {
  readonly document: RequestDocument;
  readonly findings: RequestFindings;
  /** Tokens of the conversation that stand in the request, by code. */
  readonly issued: ReadonlyMap<string, Resolution>;
  readonly conversation: Conversation;
  /** What stands for an end user. */
  readonly pseudonymOf: (text: string) => Promise<string>;
  readonly signal: () => AbortSignal;
}

/** Where a text is to be changed, and the value that stands there. */
interface Change extends Spot {
  readonly text: string;
}

export class RequestExamination implements Examination {
  readonly counts: Counts;
  readonly actions: Counts;
  readonly blocked: readonly string[];
  readonly local: readonly string[];
  readonly attachments: readonly string[];
  readonly unknownFields: readonly string[];
  private made: Promise<ShieldedRequest> | undefined;

  constructor(private readonly examined: Examined) {
    const { document, findings } = examined;
    this.counts = findings.counts;
    this.actions = findings.actions;
    this.blocked = findings.typesWith('block');
    this.local = findings.typesWith('local');
    this.attachments = document.attachments;
    this.unknownFields = document.unknownFields;
  }

  async shield(): Promise<ShieldedRequest> {
    this.assertMayLeave();
    this.made ??= this.make();
    return this.made;
  }

  async redact(): Promise<JsonObject> {
    this.assertMayLeave();
    const { document, signal } = this.examined;
    await EngineCooperation.runCooperatively(
      replace(this.changes(), ({ type }) => `[${type}]`),
      { signal },
    );
    await EngineCooperation.runCooperatively(document.write(), { signal });
    await this.hidePersons();
    return document.body;
  }

  private assertMayLeave(): void {
    if (this.blocked.length > 0 || this.local.length > 0)
      throw new Error('a request that may not leave was to be shielded');
  }

  private changes(): Map<RequestText, Change[]> {
    const changes = new Map<RequestText, Change[]>();
    for (const [text, spots] of this.examined.findings.replacements())
      changes.set(
        text,
        spots.map((spot) => ({ ...spot, text: text.value.text.slice(spot.start, spot.end) })),
      );
    return changes;
  }

  private async make(): Promise<ShieldedRequest> {
    const { document, conversation, signal } = this.examined;
    const changes = this.changes();
    const values = [...changes.values()].flat().filter(({ action }) => action === 'tokenize');
    const tokens = values.length > 0 ? await conversation.tokens(values) : undefined;
    await EngineCooperation.runCooperatively(
      replace(changes, (change) => replacementOf(change, tokens)),
      { signal },
    );
    await EngineCooperation.runCooperatively(document.write(), { signal });
    await this.hidePersons();
    const restorable = new RestorableTokens(this.resolutions(values, tokens));
    const isJson = wantsJson(document.body);
    return {
      body: document.body,
      prepared: tokens?.prepared,
      conversationId: conversation.id,
      restorer: () => new AnswerRestorer(restorable, isJson),
    };
  }

  private async hidePersons(): Promise<void> {
    const { document, pseudonymOf } = this.examined;
    for (const { name, text } of document.persons) document.body[name] = await pseudonymOf(text);
  }

  /** What each token of the request stands for. @throws Error when two values have the same one */
  private resolutions(
    values: readonly TokenValue[],
    tokens: ConversationTokens | undefined,
  ): Map<string, Resolution> {
    const resolutions = new Map(this.examined.issued);
    for (const { type, text } of values) {
      const code = TokenForm.parseToken(tokens?.of({ type, text }) ?? '')?.code;
      if (code === undefined) throw new Error('a value has no token');
      const known = resolutions.get(code);
      if (known && (known.text !== text || known.type !== type)) throw new Error('two values have one token');
      resolutions.set(code, { type, text });
    }
    return resolutions;
  }
}

function* replace(
  changes: ReadonlyMap<RequestText, readonly Change[]>,
  replacement: (change: Change) => string,
): Generator<void, void> {
  let done = 0;
  for (const [text, places] of changes) {
    const patches = places.map((change) => ({ ...change, text: replacement(change) }));
    text.replacement = EngineSplice.splice(text.value.text, patches, TokenForm.JOINER);
    if (++done % TEXTS_PER_TURN === 0) yield;
  }
}

function replacementOf({ type, action, text }: Change, tokens: ConversationTokens | undefined): string {
  if (type === 'VAULT_SECRET') return '[VAULT_SECRET]';
  if (action === 'mask') return EngineMasking.mask(EngineTypes.engineName(type), text);
  if (!tokens) throw new Error('a value has no token');
  return tokens.of({ type, text });
}

/** Whether answers are to be JSON. */
function wantsJson({ response_format: format }: JsonObject): boolean {
  return isObject(format) && (format.type === 'json_object' || format.type === 'json_schema');
}
