/** Work that the leader repeats, such as sweeping. A feature makes it a provider of its module; the worker finds it. */
export abstract class PeriodicWork {
  /** For the log: `<what>.<verb>`. */
  abstract readonly name: string;
  /** Pause between the end of one run and the next. */
  abstract readonly everyMs: number;
  /** One run; what it throws is logged, and the next one tries again. */
  abstract run(signal: AbortSignal): Promise<void>;
}
