/** A request that carries canaries. */
export interface CanaryRequest {
  readonly method: string;
  /** The contract's path, and the target with its parameters filled in. */
  readonly path: string;
  readonly target: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}
