import { Injectable } from '@nestjs/common';
import { parseDateRange } from '../../platform/http/date-range.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import type { DeliveryFilter } from '../deliveries/delivery.js';
import { DeliveryRequests, MOST_REDELIVERED } from '../deliveries/delivery-requests.service.js';
import type {
  DeliveryDetailDto,
  DeliveryDto,
  DeliveryListDto,
  DeliveryQuery,
  RedeliverDto,
  RedeliveryDto,
} from './delivery.dto.js';
import { presentDelivery, presentDetail } from './webhook.presenter.js';

/** What is sent again where nobody says what: what did not arrive. */
const NOT_ARRIVED = ['failed', 'skipped'] as const;

/** Deliveries as clients see them. */
@Injectable()
export class DeliveryOperations {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly requests: DeliveryRequests,
    private readonly writes: Writes,
  ) {}

  async listDeliveries(caller: Caller, webhookId: string, query: DeliveryQuery): Promise<DeliveryListDto> {
    const listing = listingOf(query);
    const found = await this.deliveries.listDeliveries(caller, webhookId, filterOf(query), listing);
    return listEnvelope(found, listing, presentDelivery);
  }

  async getDelivery(caller: Caller, webhookId: string, id: string): Promise<DeliveryDetailDto> {
    const { delivery, payload } = await this.deliveries.getDelivery(caller, webhookId, id);
    return presentDetail(delivery, payload);
  }

  ping(caller: Caller, webhookId: string): Promise<DeliveryDto> {
    return this.writes.run(caller, async (tx) =>
      presentDelivery(await this.requests.ping(caller, webhookId, tx)),
    );
  }

  redeliver(caller: Caller, webhookId: string, id: string): Promise<DeliveryDto> {
    return this.writes.run(caller, async (tx) =>
      presentDelivery(await this.requests.redeliver(caller, webhookId, id, tx)),
    );
  }

  redeliverAll(caller: Caller, webhookId: string, body: RedeliverDto): Promise<RedeliveryDto> {
    const filter = { statuses: NOT_ARRIVED, ...filterOf(body) };
    return this.writes.run(caller, async (tx) => {
      const count = await this.requests.redeliverAll(caller, webhookId, filter, tx);
      return { count, has_more: count === MOST_REDELIVERED };
    });
  }
}

/** @throws AppError VALIDATION_ERROR for times that are none */
const filterOf = ({ status, event, from, to }: RedeliverDto | DeliveryQuery): DeliveryFilter => ({
  ...(status && { statuses: [status] }),
  event,
  ...parseDateRange(['from', from], ['to', to]),
});
