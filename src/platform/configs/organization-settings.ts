/** What becomes of entries of the audit log that are kept no longer. */
export const AUDIT_RETENTION_ACTIONS = ['archive', 'delete'] as const;
export type AuditRetentionAction = (typeof AUDIT_RETENTION_ACTIONS)[number];

/** What an organization's administrators settle for all of it. */
export interface OrganizationSettings {
  /** How long documents of new projects are kept, in days; null for as long as nobody deletes them. */
  readonly default_retention_days: number | null;
  /** Longest life of new API keys, in days; null when they need not end. */
  readonly api_key_max_days: number | null;
  /** Domains that invited people's e-mail addresses may have, in lower case; empty for all. */
  readonly allowed_email_domains: readonly string[];
  /** After how many days entries of the audit log are taken out of the database; null for never. */
  readonly audit_retention_days: number | null;
  /** Whether they are archived before, sealed, where files lie. */
  readonly audit_retention_action: AuditRetentionAction;
}

export const DEFAULT_ORGANIZATION_SETTINGS: OrganizationSettings = {
  default_retention_days: null,
  api_key_max_days: null,
  allowed_email_domains: [],
  audit_retention_days: null,
  audit_retention_action: 'archive',
};

/** Whether an e-mail address may be invited. Its domain must be one of those named, or below one. */
export function isAllowedEmail(
  { allowed_email_domains: domains }: OrganizationSettings,
  email: string,
): boolean {
  const domain = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  return domains.length === 0 || domains.some((name) => domain === name || domain.endsWith(`.${name}`));
}
