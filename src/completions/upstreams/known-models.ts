import type { UpstreamModel } from './model-list.js';

/** How long a list is used before it is read anew, in the background. */
const FRESH_MS = 60_000;
/** Least time between two readings, whatever is asked for. */
const APART_MS = 3_000;

const asModel = (id: string): UpstreamModel => ({ id, created: undefined, ownedBy: undefined });

const byId = (models: readonly UpstreamModel[]): ReadonlyMap<string, UpstreamModel> =>
  new Map(models.map((model) => [model.id, model]));

/**
 * The models of one server: those that administrators say it has, or else those it lists itself. A reading that fails leaves
 * what was known.
 */
export class KnownModels {
  private models: ReadonlyMap<string, UpstreamModel> | undefined;
  private readonly isSettled: boolean;
  private readonly stopper = new AbortController();
  private reading: Promise<void> | undefined;
  private startedAt = Number.NEGATIVE_INFINITY;
  private readAt = Number.NEGATIVE_INFINITY;

  /**
   * @param settled as administrators say; null: the server is asked
   * @param read asks the server
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    settled: readonly string[] | null,
    private readonly read: (signal: AbortSignal) => Promise<readonly UpstreamModel[]>,
    private readonly now = () => performance.now(),
  ) {
    this.isSettled = settled !== null;
    if (settled) this.models = byId(settled.map(asModel));
  }

  /** Whether anybody has ever said what there is. */
  get isKnown(): boolean {
    return this.models !== undefined;
  }

  get all(): readonly UpstreamModel[] {
    return this.models ? [...this.models.values()] : [];
  }

  get(name: string): UpstreamModel | undefined {
    return this.models?.get(name);
  }

  /** A list that is old is read anew in the background. */
  has(name: string): boolean {
    if (!this.isSettled && this.models && this.now() - this.readAt >= FRESH_MS) void this.refresh();
    return this.models?.has(name) ?? false;
  }

  /** Waits until it is known what there is, as far as the server tells. Never fails. */
  async ready(): Promise<void> {
    if (!this.isKnown) await this.refresh();
  }

  /** Reads the list anew unless that was tried a moment ago. Never fails. */
  refresh(): Promise<void> {
    if (this.isSettled || this.stopper.signal.aborted) return Promise.resolve();
    if (this.reading) return this.reading;
    if (this.now() - this.startedAt < APART_MS) return Promise.resolve();
    this.startedAt = this.now();
    this.reading = this.read(this.stopper.signal)
      .then(
        (models) => this.learn(models),
        () => {},
      )
      .finally(() => {
        this.reading = undefined;
      });
    return this.reading;
  }

  /** Takes over a list that was read for another reason. */
  learn(models: readonly UpstreamModel[]): void {
    if (this.isSettled) return;
    this.models = byId(models);
    this.readAt = this.now();
  }

  /** Ends a reading under way. */
  stop(): void {
    this.stopper.abort();
  }
}
