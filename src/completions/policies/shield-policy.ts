/**
 * What becomes of a finding on its way to a model: `tokenize` puts a token in its place, and the value back into the
 * answer; `mask` hides most of it for good; `block` refuses the request; `allow` lets it pass; `local` keeps the request
 * on private model servers and models of this server.
 */
export const SHIELD_ACTIONS = ['tokenize', 'mask', 'block', 'allow', 'local'] as const;
export type ShieldAction = (typeof SHIELD_ACTIONS)[number];

/** What the shield does in a project or an organization. */
export interface ShieldPolicy {
  /** For types that `actions` says nothing of, but those that only describe. */
  readonly default_action: ShieldAction;
  /**
   * By type as clients see it. `VAULT_SECRET` is always taken out for good: of all actions it knows `mask`, which is what it
   * gets, and `block`.
   */
  readonly actions: Readonly<Record<string, ShieldAction>>;
  /** Least confidence of a finding, 0 to 1. */
  readonly confidence_threshold: number;
  /** Whether images, audio and files, which cannot be searched, may go to model servers that are not private. */
  readonly attachments: 'refuse' | 'allow';
  /** Whether private model servers get shielded requests too. */
  readonly shield_private: boolean;
  /** Model that a request goes to in place of its own when something in it is to be kept local; none: it is refused. */
  readonly local_model: string | null;
  /** A redaction policy (`res_…`) whose types, thresholds, lists and patterns decide what is found. */
  readonly processor_id: string | null;
}

/** Holds where nobody has set anything: everything that is found, and is not merely descriptive, becomes a token. */
export const DEFAULT_SHIELD_POLICY: ShieldPolicy = {
  default_action: 'tokenize',
  actions: {},
  confidence_threshold: 0.85,
  attachments: 'refuse',
  shield_private: false,
  local_model: null,
  processor_id: null,
};

/** A policy as it holds for one request. */
export interface EffectivePolicy extends ShieldPolicy {
  /** The stored policy and its version; undefined for the default. */
  readonly stored: { readonly id: string; readonly version: number } | undefined;
}

/**
 * What describes people and names none: a model that may not know which town or which firm a question is about has nothing to
 * say. They pass unless `actions` names them.
 */
const DESCRIPTIVE: ReadonlySet<string> = new Set(['LOCATION', 'ORGANIZATION', 'NRP', 'TITLE', 'AGE']);

/** What a type gets. Secrets of the vault are taken out for good whatever a policy says. */
export function actionFor(policy: ShieldPolicy, type: string): ShieldAction {
  // A pattern of one's own may be called what every object has.
  const own = Object.hasOwn(policy.actions, type) ? policy.actions[type] : undefined;
  const action = own ?? (DESCRIPTIVE.has(type) ? 'allow' : policy.default_action);
  if (type !== 'VAULT_SECRET') return action;
  return action === 'block' ? 'block' : 'mask';
}
