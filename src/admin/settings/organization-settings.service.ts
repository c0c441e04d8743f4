import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import {
  DEFAULT_ORGANIZATION_SETTINGS,
  type OrganizationSettings,
} from '../../platform/configs/organization-settings.js';
import { OrganizationSettingsRepository } from '../../platform/configs/organization-settings.repository.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';

type Name = keyof OrganizationSettings;
const NAMES = Object.keys(DEFAULT_ORGANIZATION_SETTINGS) as Name[];

/** A change of settings: what is not given stays. */
export type SettingsChange = { readonly [Key in Name]?: OrganizationSettings[Key] | undefined };

/** What an organization's administrators settle for all of it. */
@Injectable()
export class OrganizationSettingsService {
  constructor(
    private readonly repository: OrganizationSettingsRepository,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError PERMISSION_DENIED for who reaches but a project of the organization */
  readSettings({ principal }: Caller): Promise<OrganizationSettings> {
    ensureMember(principal);
    return this.repository.read(principal.organizationId, this.dataSource.manager);
  }

  /** @throws AppError PERMISSION_DENIED for who reaches but a project of the organization */
  async changeSettings(caller: Caller, change: SettingsChange, tx: Tx): Promise<OrganizationSettings> {
    ensureMember(caller.principal);
    const { organizationId } = caller.principal;
    const current = await this.repository.lock(organizationId, tx);
    const changed = NAMES.filter((name) => change[name] !== undefined);
    if (changed.length === 0) return current;
    const given = Object.fromEntries(changed.map((name) => [name, change[name]]));
    const settings = normalized({ ...current, ...given });
    await this.repository.write(organizationId, settings, tx);
    const { details, ...entry } = auditOf(caller);
    const target = { type: 'organization', id: organizationId };
    const told = { ...details, changed: changed.sort().join(' ') };
    await this.audit.append({ ...entry, action: 'settings.updated', target, details: told }, tx);
    return settings;
  }
}

/** Settings belong to the organization: a share of one of its projects shows none of them. */
function ensureMember({ role, onlyProjectId }: Principal): void {
  if (role !== undefined && onlyProjectId === undefined) return;
  throw platformError('PERMISSION_DENIED', { message: 'Settings are for members of the organization.' });
}

const normalized = (settings: OrganizationSettings): OrganizationSettings => ({
  ...settings,
  allowed_email_domains: [...new Set(settings.allowed_email_domains.map((domain) => domain.toLowerCase()))],
});
