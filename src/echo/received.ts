/** A request body as it came, byte for byte where it was UTF-8. */
export interface ReceivedRequest {
  /** ISO-8601, UTC. */
  readonly received_at: string;
  readonly body: string;
}

const MOST_REQUESTS = 32;
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** The latest requests: a few, and not more than fits. */
export class Received {
  private readonly requests: { readonly at: number; readonly body: string }[] = [];
  private characters = 0;

  add(body: string): void {
    this.requests.push({ at: Date.now(), body });
    this.characters += body.length;
    while (
      this.requests.length > MOST_REQUESTS ||
      (this.characters > MOST_CHARACTERS && this.requests.length > 1)
    )
      this.characters -= this.requests.shift()?.body.length ?? 0;
  }

  /** Newest first. */
  get newestFirst(): ReceivedRequest[] {
    return this.requests
      .toReversed()
      .map(({ at, body }) => ({ received_at: new Date(at).toISOString(), body }));
  }
}
