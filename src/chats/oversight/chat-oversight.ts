import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Principal } from '../../platform/http/principal.js';

/** For what somebody may read chats that are neither theirs nor shared with them. */
export interface Overseeing {
  readonly breakGlassId: string;
  /** The project it is limited to; null for all of the organization. */
  readonly projectId: string | null;
  /** As it was given; whose chats are read will see it. */
  readonly reason: string;
}

/** Says who may read chats of others in an emergency. Made a provider by whoever admits them. */
export abstract class ChatOversight {
  /** All that is open to them in the principal's organization, read anew for every request. */
  abstract find(principal: Principal, db: Tx): Promise<readonly Overseeing[]>;
}
