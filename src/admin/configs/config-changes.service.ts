import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import {
  CONFIG_NAMES,
  type ConfigName,
  type ConfigValues,
  type MaintenanceConfig,
  SECRET_CONFIGS,
} from '../../platform/configs/config-values.js';
import { ConfigVault } from '../../platform/configs/config-vault.js';
import { ConfigsRepository } from '../../platform/configs/configs.repository.js';
import { Configs } from '../../platform/configs/configs.service.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';

/** A change of configurations: null brings a default back, what is not given stays. */
export type ConfigChange = {
  readonly [Name in Exclude<ConfigName, 'maintenance'>]?: ConfigValues[Name] | null | undefined;
} & { readonly maintenance?: Partial<MaintenanceConfig> | null | undefined };

/** What administrators of the instance configure while it runs. */
@Injectable()
export class ConfigChangesService {
  constructor(
    private readonly configs: Configs,
    private readonly repository: ConfigsRepository,
    private readonly vault: ConfigVault,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  readConfigs(): Promise<ConfigValues> {
    return this.configs.read(this.dataSource.manager);
  }

  /** Every process sees it within a second. @throws AppError VALIDATION_ERROR for an address that is no mail server's */
  async changeConfigs(caller: Caller, change: ConfigChange, tx: Tx): Promise<ConfigValues> {
    ensureMailServer(change.smtp_url);
    await this.repository.lock(tx);
    const current = await this.configs.read(tx);
    const changed = CONFIG_NAMES.filter((name) => change[name] !== undefined);
    for (const name of changed) await this.write(caller, name, merged(name, current, change), tx);
    if (changed.length === 0) return current;
    this.configs.forgetAfter(tx);
    const { details, ...entry } = auditOf(caller);
    const target = { type: 'config', id: 'instance' };
    const action = 'config.updated';
    await this.audit.append(
      { ...entry, action, target, details: { ...details, changed: changed.sort().join(' ') } },
      tx,
    );
    return this.configs.read(tx);
  }

  private async write({ principal }: Caller, name: ConfigName, value: unknown, tx: Tx): Promise<void> {
    if (value === null) return this.repository.remove(name, tx);
    const isSecret = SECRET_CONFIGS.includes(name);
    const valueSealed = isSecret ? await this.vault.seal(name, String(value), tx) : null;
    const row = { name, value: isSecret ? undefined : value, valueSealed };
    await this.repository.put(row, principal.userId, tx);
  }
}

/** A part of the maintenance leaves its other parts as they are. */
function merged(name: ConfigName, current: ConfigValues, change: ConfigChange): unknown {
  const value = change[name] ?? null;
  if (name !== 'maintenance' || value === null) return value;
  const given = Object.entries(change.maintenance ?? {}).filter(([, part]) => part !== undefined);
  return { ...current.maintenance, ...Object.fromEntries(given) };
}

function ensureMailServer(url: string | null | undefined): void {
  if (typeof url !== 'string') return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'smtp:' || protocol === 'smtps:') return;
  const message =
    "'smtp_url' must be a URL like smtp://user:password@mail.example.org:587, or smtps:// for TLS.";
  throw invalidField('smtp_url', 'format', message);
}
