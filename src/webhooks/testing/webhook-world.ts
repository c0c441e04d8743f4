import type { DiscoveryService } from '@nestjs/core';
import pino from 'pino';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EgressClient } from '../../platform/egress/egress-client.service.js';
import { ReachableAddresses } from '../../platform/egress/reachable-addresses.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import type { EventData } from '../../platform/outbox/event.js';
import { EventDeliveries } from '../../platform/outbox/event-deliveries.repository.js';
import { EventListeners } from '../../platform/outbox/event-listeners.repository.js';
import { type EventName, EventNames, type NamedKind } from '../../platform/outbox/event-names.js';
import { EventRelay } from '../../platform/outbox/event-relay.js';
import { testConsumers, testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import { DeliveriesRepository } from '../deliveries/deliveries.repository.js';
import type { ClaimedDelivery } from '../deliveries/delivery.js';
import { DeliveryAttempts } from '../deliveries/delivery-attempts.service.js';
import { DeliveryBell } from '../deliveries/delivery-bell.js';
import { DeliveryClaims } from '../deliveries/delivery-claims.repository.js';
import { DeliveryRequests } from '../deliveries/delivery-requests.service.js';
import { DeliverySender } from '../deliveries/delivery-sender.service.js';
import { DeliverySettlement } from '../deliveries/delivery-settlement.service.js';
import { EventBodies } from '../events/event-bodies.service.js';
import { WebhookEvents } from '../events/webhook-events.consumer.js';
import type { NewWebhook, WebhookRow } from '../webhook.js';
import { WebhookChanges } from '../webhook-changes.service.js';
import { WebhookDisabling } from '../webhook-disabling.service.js';
import { WebhookNewsWriter } from '../webhook-news.service.js';
import { WebhookRegistrations } from '../webhook-registrations.service.js';
import { WebhookSealer } from '../webhook-sealer.service.js';
import { WebhookSecretsRepository } from '../webhook-secrets.repository.js';
import { WebhookSecrets } from '../webhook-secrets.service.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import { FakeClock } from './fake-clock.js';

const LEASE_SECONDS = 60;

/** Names that a test makes up. */
class MadeUpNames extends EventNames {
  readonly names = new Map<string, EventName>();

  constructor(readonly kind: NamedKind) {
    super();
  }

  find = async (): Promise<ReadonlyMap<string, EventName>> => this.names;
}

/** What an event says of a document whose redaction ended. */
export const redactedDocument = (id: string, more: object = {}) => ({
  document_id: id,
  project_id: 'proj_a',
  status: 'completed',
  redactions_found: 12,
  redaction_id: 'red_a',
  ...more,
});

/** Webhooks of one organization on a real database, delivered step by step by a clock that the test has in hand. */
export class WebhookWorld {
  readonly clock = new FakeClock();
  readonly deliveries = new DeliveriesRepository();
  readonly claims = new DeliveryClaims();
  readonly documents = new MadeUpNames('document');
  readonly users = new MadeUpNames('user');
  readonly logged: string[] = [];
  readonly unitOfWork: UnitOfWork;
  readonly changes: WebhookChanges;
  readonly registrations: WebhookRegistrations;
  readonly requests: DeliveryRequests;
  readonly attempts: DeliveryAttempts;
  readonly caller;
  private readonly webhooks = new WebhooksRepository();
  private readonly consumer: WebhookEvents;
  private readonly outbox;
  private readonly relay: EventRelay;

  private constructor(
    readonly database: TestDatabase,
    readonly organizationId: string,
    userId: string,
    sealer: Awaited<ReturnType<TestTenants['addOld']>>['sealer'],
  ) {
    const { dataSource } = database;
    const logger = pino({}, { write: (line: string) => void this.logged.push(line) });
    this.unitOfWork = new UnitOfWork(dataSource);
    this.caller = testCaller(organizationId, userId);
    this.consumer = new WebhookEvents(this.webhooks, this.deliveries, new DeliveryBell(), this.clock);
    this.outbox = testEventOutbox(this.consumer);
    this.relay = new EventRelay(testConsumers(this.consumer), new EventDeliveries(), this.unitOfWork, logger);
    const sealing = new WebhookSealer(sealer);
    const secrets = new WebhookSecrets(new WebhookSecretsRepository(), sealer);
    const news = new WebhookNewsWriter(new AuditWriter(dataSource, sealer), this.outbox);
    const shared = [this.webhooks, this.deliveries, sealing] as const;
    this.changes = new WebhookChanges(...shared, secrets, news, this.clock);
    const listeners = new EventListeners();
    const known = [this.webhooks, listeners, sealing, secrets, news, this.clock] as const;
    this.registrations = new WebhookRegistrations(...known);
    this.requests = new DeliveryRequests(this.deliveries, this.webhooks, this.outbox, news, this.clock);
    const discovery = {
      getProviders: () => [this.documents, this.users].map((instance) => ({ instance })),
    };
    const bodies = new EventBodies(discovery as unknown as DiscoveryService, dataSource);
    const egress = new EgressClient(new ReachableAddresses(['127.0.0.1']));
    const sender = new DeliverySender(egress, bodies, sealing, secrets, this.clock, dataSource);
    const disabling = new WebhookDisabling(...shared, news);
    const settlement = new DeliverySettlement(
      ...([this.claims, this.deliveries, this.webhooks, disabling, this.clock, this.unitOfWork] as const),
    );
    this.attempts = new DeliveryAttempts(sender, settlement, this.claims, this.unitOfWork, logger);
  }

  static async start(): Promise<WebhookWorld> {
    const database = await TestDatabase.start([]);
    const { organizationId, userId, sealer } = await new TestTenants(database.dataSource).addOld();
    return new WebhookWorld(database, organizationId, userId, sealer);
  }

  stop(): Promise<void> {
    return this.database.stop();
  }

  query<Row = never>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.dataSource.query(sql, parameters);
  }

  /** Forgets webhooks, events and what the audit log says. */
  async clear(): Promise<void> {
    for (const table of ['webhooks', 'events', 'audit_logs']) await this.query(`DELETE FROM ${table}`);
    this.logged.length = 0;
  }

  async webhook(url: string, settings: Partial<NewWebhook> = {}): Promise<{ id: string; secret: string }> {
    const usual = { description: null, events: ['*'], projectId: null, names: true, ordered: false };
    const given = { url, enabled: true, ...usual, ...settings };
    const { row, secret } = await this.unitOfWork.run((tx) =>
      this.registrations.createWebhook(this.caller, given, tx),
    );
    return { id: row.id, secret };
  }

  async find(id: string): Promise<WebhookRow> {
    const found = await this.webhooks.find(this.organizationId, id, this.database.dataSource.manager);
    if (!found) throw new Error('the webhook is gone');
    return found;
  }

  /** Writes an event and hands it over, as the leader does. */
  async happen(name: string, data: EventData, projectId?: string): Promise<void> {
    const { organizationId } = this;
    await this.unitOfWork.run((tx) => this.outbox.append({ organizationId, projectId, name, data }, tx));
    await this.handOver();
  }

  async handOver(): Promise<void> {
    while ((await this.relay.handOverNext(this.consumer)) === 'handed over');
  }

  claim(most = 100): Promise<ClaimedDelivery[]> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_SECONDS * 1000);
    return this.unitOfWork.run((tx) => this.claims.claim(now, leaseUntil, most, tx));
  }

  /** Makes every attempt that is due, until none is. @returns how many */
  async deliver(): Promise<number> {
    let made = 0;
    for (let claimed = await this.claim(); claimed.length > 0; claimed = await this.claim()) {
      made += claimed.length;
      await Promise.all(claimed.map((one) => this.attempts.make(one, new AbortController().signal)));
    }
    return made;
  }

  /** Passes time up to the next attempt, of whatever. @returns the seconds that it took; undefined when none is to come */
  async next(): Promise<number | undefined> {
    const [row] = await this.query<{ at: Date | null }>(
      `SELECT min(greatest(d.next_attempt_at, w.resume_at)) AS at FROM webhook_deliveries d
         JOIN webhooks w ON w.id = d.webhook_id WHERE d.status = 'pending' AND NOT d.held`,
    );
    if (!row?.at) return undefined;
    const seconds = (row.at.getTime() - this.clock.now().getTime()) / 1000;
    this.clock.pass(seconds);
    return seconds;
  }

  statuses(): Promise<{ status: string; attempts: number; held: boolean }[]> {
    return this.query('SELECT status, attempts, held FROM webhook_deliveries ORDER BY event_id');
  }
}
