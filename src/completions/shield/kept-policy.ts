import type { EffectivePolicy, ShieldAction } from '../policies/shield-policy.js';

/** What is kept comes back for its owner: whatever a policy does to a value on its way to a model, at rest it is a token. */
const kept = (action: ShieldAction): ShieldAction => (action === 'allow' ? 'allow' : 'tokenize');

/** A policy as it holds for text that is stored: what it allows stays, everything else it finds becomes a token. */
export const keptPolicy = (policy: EffectivePolicy): EffectivePolicy => ({
  ...policy,
  default_action: kept(policy.default_action),
  actions: Object.fromEntries(Object.entries(policy.actions).map(([type, action]) => [type, kept(action)])),
  shield_private: true,
  local_model: null,
});
