import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { EgressClient } from '../../platform/egress/egress-client.service.js';
import { EgressFault } from '../../platform/egress/egress-fault.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { IfMatch } from '../../platform/http/etag.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { checkedPatterns } from '../events/event-pattern.js';
import type { Revealed, WebhookChange } from '../webhook.js';
import { WebhookChanges } from '../webhook-changes.service.js';
import { WebhookProjects } from '../webhook-projects.service.js';
import { WebhookRegistrations } from '../webhook-registrations.service.js';
import { webhooksError } from '../webhooks.errors.js';
import { WebhooksService } from '../webhooks.service.js';
import type {
  CreatedWebhookDto,
  CreateWebhookDto,
  RotateWebhookDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhookListDto,
  WebhookQuery,
} from './webhook.dto.js';
import { presentWebhook } from './webhook.presenter.js';

const CHANGEABLE = ['url', 'description', 'events', 'project_id', 'names', 'ordered', 'enabled'] as const;

/** Webhooks as clients see them. */
@Injectable()
export class WebhookOperations {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly registrations: WebhookRegistrations,
    private readonly changes: WebhookChanges,
    private readonly projects: WebhookProjects,
    private readonly egress: EgressClient,
    private readonly writes: Writes,
  ) {}

  async createWebhook(caller: Caller, body: CreateWebhookDto): Promise<CreatedWebhookDto> {
    const { url, events, description = null, project_id: projectId = null } = body;
    const { names = true, ordered = false, enabled = true } = body;
    const given = { url, description, events: checkedPatterns(events), projectId, names, ordered, enabled };
    await this.check(caller, given);
    return this.reveal(caller, (tx) => this.registrations.createWebhook(caller, given, tx));
  }

  async getWebhook(caller: Caller, id: string): Promise<WebhookDto> {
    return presentWebhook(await this.webhooks.getWebhook(caller, id));
  }

  async listWebhooks(caller: Caller, query: WebhookQuery): Promise<WebhookListDto> {
    const listing = listingOf(query);
    const filter = { enabled: query.enabled };
    return listEnvelope(await this.webhooks.listWebhooks(caller, filter, listing), listing, presentWebhook);
  }

  async updateWebhook(
    caller: Caller,
    id: string,
    body: UpdateWebhookDto,
    ifMatch: IfMatch,
  ): Promise<WebhookDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    // Whether it is there matters more than what is wrong with the change.
    await this.webhooks.getWebhook(caller, id);
    const { url, description, names, ordered, enabled, project_id: projectId } = body;
    const events = body.events && checkedPatterns(body.events);
    const change = { url, description, events, projectId, names, ordered, enabled };
    await this.check(caller, change);
    return this.writes.run(caller, async (tx) => {
      const row = await this.changes.changeWebhook(caller, id, change, ifMatch, tx);
      return presentWebhook(await this.webhooks.show(row, tx));
    });
  }

  async deleteWebhook(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.registrations.deleteWebhook(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  rotateWebhook(
    caller: Caller,
    id: string,
    { overlap_hours: hours }: RotateWebhookDto,
  ): Promise<CreatedWebhookDto> {
    return this.reveal(caller, (tx) => this.changes.rotateSecret(caller, id, hours, tx));
  }

  private reveal(caller: Caller, change: (tx: Tx) => Promise<Revealed>): Promise<CreatedWebhookDto> {
    return this.writes.run<CreatedWebhookDto>(
      caller,
      async (tx) => {
        const { row, secret } = await change(tx);
        return { ...presentWebhook(await this.webhooks.show(row, tx)), secret };
      },
      { withhold: 'secret' },
    );
  }

  /** @throws AppError WEBHOOK_URL_REFUSED, NOT_FOUND for a project */
  private async check(caller: Caller, { url, projectId }: WebhookChange): Promise<void> {
    try {
      if (url !== undefined) this.egress.check(url);
    } catch (error) {
      if (!(error instanceof EgressFault)) throw error;
      const { message } = error;
      throw webhooksError('WEBHOOK_URL_REFUSED', {
        message,
        details: { field: 'url', constraint: error.kind },
      });
    }
    if (typeof projectId === 'string') await this.projects.assertOwn(caller, projectId);
  }
}
