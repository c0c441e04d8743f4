/** A model server that speaks OpenAI's protocol, as administrators have set it up. */
export interface Upstream {
  readonly id: string;
  readonly name: string;
  /** Up to and including `/v1`, without a slash at its end. */
  readonly baseUrl: string;
  /** Whether what it is sent stays in the house. The shield is off for it unless a policy says otherwise. */
  readonly isPrivate: boolean;
  readonly isEnabled: boolean;
  /** Of two that have a model, the lower number is asked first. */
  readonly priority: number;
  /** Models it has; what it says itself where nobody has said. */
  readonly models: readonly string[] | null;
  /** Longest wait for the first byte of an answer, between two of its bytes, and for all of it. */
  readonly firstByteSeconds: number;
  readonly idleSeconds: number;
  readonly totalSeconds: number;
  /** How often a request is tried again, here or elsewhere, as long as no byte of an answer has come. */
  readonly maxRetries: number;
}

/** What administrators settle of a model server, beside its key. */
export type UpstreamSettings = Omit<Upstream, 'id'>;

/** A model server as it is stored, its key sealed. */
export interface StoredUpstream extends Upstream {
  readonly keySealed: Buffer | null;
  /** From 1, one more with every change. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A change: what is not given stays; a key of null takes the key away. */
export type UpstreamChange = {
  readonly [Name in keyof UpstreamSettings]?: UpstreamSettings[Name] | undefined;
} & {
  readonly apiKey?: string | null | undefined;
};

/** Which model servers to list; absent fields do not filter. */
export interface UpstreamFilter {
  readonly name?: string | undefined;
  readonly isEnabled?: boolean | undefined;
  readonly isPrivate?: boolean | undefined;
}

export const DEFAULT_UPSTREAM: Omit<UpstreamSettings, 'name' | 'baseUrl'> = {
  isPrivate: false,
  isEnabled: true,
  priority: 100,
  models: null,
  firstByteSeconds: 60,
  idleSeconds: 60,
  totalSeconds: 600,
  maxRetries: 2,
};
