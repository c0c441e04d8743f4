import type { ShieldPolicy } from '../shield-policy.js';
import type { PolicyInForce, PolicyVersion } from '../stored-policy.js';
import type { PolicyDto, PolicySettingsDto, PolicyVersionDto } from './policy.dto.js';

const presentSettings = (policy: ShieldPolicy): PolicySettingsDto => ({
  default_action: policy.default_action,
  actions: policy.actions,
  confidence_threshold: policy.confidence_threshold,
  attachments: policy.attachments,
  shield_private: policy.shield_private,
  local_model: policy.local_model,
  processor_id: policy.processor_id,
});

export const presentPolicy = ({ source, policy, stored }: PolicyInForce): PolicyDto => ({
  id: stored?.id ?? null,
  version: stored?.version ?? 0,
  source,
  ...presentSettings(policy),
  updated_at: stored?.updatedAt.toISOString() ?? null,
  updated_by: stored?.updatedBy ?? null,
});

export const presentPolicyVersion = (version: PolicyVersion): PolicyVersionDto => ({
  policy_id: version.policyId,
  version: version.version,
  policy: version.policy && presentSettings(version.policy),
  changed_by: version.changedBy,
  changed_at: version.changedAt.toISOString(),
});
