import { Injectable } from '@nestjs/common';
import { EngineCooperation, TextSearching } from '../../redaction/index.js';
import type { Resolution } from './conversation.js';
import type { Examination, ExaminationInput, SecretsAhead } from './examination.js';
import { RequestDocument } from './request-document.js';
import { RequestExamination } from './request-examination.js';
import { judgeOf, RequestFindings } from './request-findings.js';
import { ShieldKeys } from './shield-keys.service.js';
import { TokenSightings } from './token-sightings.js';

const { runCooperatively } = EngineCooperation;

/** Names a request as a whole in errors. */
const BODY = 'body';

const NOTHING = { entities: [], spans: [] };
const NO_TOKENS: ReadonlyMap<string, Resolution> = new Map();

const never = (): AbortSignal => new AbortController().signal;

/** The shield: finds what a request must not carry to a model server, and takes it out. */
@Injectable()
export class Shield {
  constructor(
    private readonly searches: TextSearching.TextSearches,
    private readonly keys: ShieldKeys,
  ) {}

  /** Begins what an examination of an organization's request will need whatever the policy says. */
  lookAhead(organizationId: string): SecretsAhead {
    const secrets = this.searches.secretsFor(organizationId);
    // Whoever examines with it hears of a failure; nobody has to.
    secrets.catch(() => undefined);
    return secrets;
  }

  /**
   * Searches every text of a request. Whatever goes wrong is thrown: then nothing may be sent.
   * @throws AppError INVALID_DATA, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED, TOO_MANY_GUESSES, VALIDATION_ERROR; NOT_FOUND,
   *   RESOURCE_ARCHIVED for the policy's processor
   */
  async examine({
    caller,
    body,
    policy,
    target,
    conversation,
    ...input
  }: ExaminationInput): Promise<Examination> {
    const signal = input.signal ?? never;
    const isSecretsOnly = target.isPrivate && !policy.shield_private;
    const settings = {
      confidenceThreshold: policy.confidence_threshold,
      processorId: policy.processor_id ?? undefined,
      isSecretsOnly,
    };
    const search = await this.searches.searchFor(caller, settings, input.ahead);
    const document = await runCooperatively(RequestDocument.open(body), { signal });
    const { texts } = document;
    // What stays in the house may say what it likes about tokens.
    const sightings = await runCooperatively(TokenSightings.in(isSecretsOnly ? [] : texts), { signal });
    const { codes } = sightings;
    const issued = codes.length === 0 ? NO_TOKENS : await conversation.issued(codes);
    const types = new Map([...issued].map(([code, { type }]) => [code, type]));
    const analysis = search.isVain ? NOTHING : await search.find(texts, types, signal, BODY);
    const tokens = {
      issued: sightings.issued(issued),
      lookalikes: sightings.looksLike(search.customTypes),
    };
    const judge = judgeOf(policy, target.isPrivate);
    const findings = await runCooperatively(RequestFindings.of(texts, analysis, tokens, judge), { signal });
    await this.searches.noteGuesses(caller, search);
    const { organizationId } = caller.principal;
    const pseudonymOf = (text: string): Promise<string> => this.keys.pseudonymOf(organizationId, text);
    return new RequestExamination({ document, findings, issued, conversation, pseudonymOf, signal });
  }
}
