import { Injectable } from '@nestjs/common';
import type { OrganizationSettings } from '../../../platform/configs/organization-settings.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { OrganizationSettingsService } from '../organization-settings.service.js';
import type { SettingsDto, UpdateSettingsDto } from './settings.dto.js';

const present = ({ allowed_email_domains, ...settings }: OrganizationSettings): SettingsDto => ({
  ...settings,
  allowed_email_domains: [...allowed_email_domains],
});

/** The operations on an organization's settings as every surface answers them. */
@Injectable()
export class SettingsOperations {
  constructor(
    private readonly settings: OrganizationSettingsService,
    private readonly writes: Writes,
  ) {}

  async getSettings(caller: Caller): Promise<SettingsDto> {
    return present(await this.settings.readSettings(caller));
  }

  updateSettings(caller: Caller, body: UpdateSettingsDto): Promise<SettingsDto> {
    return this.writes.run(caller, async (tx) =>
      present(await this.settings.changeSettings(caller, body, tx)),
    );
  }
}
