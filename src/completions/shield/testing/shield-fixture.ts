import { testCaller } from '../../../platform/http/testing/test-caller.js';
import { type PoliciesService, TextSearching } from '../../../redaction/index.js';
import type { JsonObject } from '../../json.js';
import { DEFAULT_SHIELD_POLICY, type EffectivePolicy } from '../../policies/shield-policy.js';
import type { Conversation } from '../conversation.js';
import type { Examination, ShieldedRequest } from '../examination.js';
import { PassingConversation } from '../passing-conversation.js';
import { Shield } from '../shield.service.js';
import type { ShieldKeys } from '../shield-keys.service.js';

type Searches = ConstructorParameters<typeof TextSearching.TextSearches>;

export interface ExamineOptions {
  readonly policy?: Partial<EffectivePolicy>;
  readonly isPrivate?: boolean;
  readonly conversation?: Conversation;
}

/** Settings of redaction policies, by id. */
export type Processors = Readonly<Record<string, JsonObject>>;

/** A shield without a database: it knows no values of variables but those it is told. */
export class ShieldFixture {
  private readonly shield: Shield;
  private readonly caller = testCaller('org_test', 'user_test');

  constructor({
    secrets = [],
    processors = {},
  }: { secrets?: readonly string[]; processors?: Processors } = {}) {
    const vault = secrets.length === 0 ? undefined : matcherOf(secrets);
    const known = { finderOf: async () => vault, noteGuesses: async () => {} };
    const policies = {
      getActive: async (_: unknown, id: string) => ({ config: processors[id] ?? {}, version: 1 }),
    };
    const searches = new TextSearching.TextSearches(
      policies as unknown as PoliciesService,
      known as unknown as Searches[1],
      { judgeFor: async () => undefined } as unknown as Searches[2],
    );
    const keys = { pseudonymOf: async (_: string, name: string) => `pseudonym-${name.length}` };
    this.shield = new Shield(searches, keys as unknown as ShieldKeys);
  }

  examine(body: JsonObject, options: ExamineOptions = {}): Promise<Examination> {
    return this.shield.examine({
      caller: this.caller,
      body,
      policy: { ...DEFAULT_SHIELD_POLICY, stored: undefined, ...options.policy },
      target: { isPrivate: options.isPrivate ?? false },
      conversation: options.conversation ?? new PassingConversation(),
    });
  }

  async shielded(body: JsonObject, options: ExamineOptions = {}): Promise<ShieldedRequest> {
    return (await this.examine(body, options)).shield();
  }
}

/** Finds literal texts wherever they stand, as the vault's fingerprints do. */
function matcherOf(secrets: readonly string[]) {
  return {
    ...{ type: 'VAULT_SECRET', recognizer: 'vault', shortest: 1, always: true, nearGuesses: 0 },
    *find(text: string) {
      const found: { start: number; end: number }[] = [];
      for (const secret of secrets)
        for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
          found.push({ start: at, end: at + secret.length });
      yield;
      return found;
    },
  };
}

/** A request of one message. */
export const asking = (content: string, more: JsonObject = {}): JsonObject => ({
  model: 'gpt-4',
  messages: [{ role: 'user', content }],
  ...more,
});
