/**
 * `sent`: on its way, or cut off by the end of a process; `completed`; `failed`: the model server's answer, or its lack;
 * `cancelled`: the client left; `blocked`: nothing was sent, a policy forbade it.
 */
export const RECEIPT_STATUSES = ['sent', 'completed', 'failed', 'cancelled', 'blocked'] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/** Counts by name: findings by type, what became of them by action. */
export type Counts = Readonly<Record<string, number>>;

/** What is known when a request is about to leave. */
export interface ReceiptOpening {
  readonly id: string;
  readonly status: 'sent' | 'blocked';
  /** As the client named it, and the one that is asked. */
  readonly modelRequested: string;
  readonly model: string;
  /** Where it goes; undefined for models of this server. */
  readonly upstream: { readonly id: string; readonly name: string } | undefined;
  readonly isPrivate: boolean;
  readonly isShielded: boolean;
  readonly isStreamed: boolean;
  readonly policy: { readonly id: string; readonly version: number } | undefined;
  /** Findings by type, and what became of them by action. */
  readonly counts: Counts;
  readonly actions: Counts;
  /** SHA-256 of the exact bytes that leave, and how many there are; undefined where none do. */
  readonly sent: { readonly sha256: Buffer; readonly bytes: number } | undefined;
  /** Fields that the contract does not know, passed on shielded. */
  readonly unknownFields: readonly string[];
  /** The conversation (`conv_…`) whose tokens it shares. */
  readonly conversationId: string | undefined;
  readonly projectId: string | undefined;
}

/** Tokens the model counted, as it says. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** A token in an answer that was left as it stands, and why. */
export interface UnresolvedToken {
  readonly token: string;
  readonly reason: string;
}

/** What is known when it is over. */
export interface ReceiptEnd {
  readonly status: 'completed' | 'failed' | 'cancelled';
  /** Who answered in the end, where another had to step in. */
  readonly upstream: { readonly id: string; readonly name: string } | undefined;
  /** SHA-256 of the answer as it was handed on, and its length. */
  readonly answer: { readonly sha256: Buffer; readonly bytes: number } | undefined;
  /** Places where a value was put back. */
  readonly restored: number;
  readonly unresolved: readonly UnresolvedToken[];
  readonly usage: Usage | undefined;
  readonly finishReasons: readonly string[];
  /** Requests made to model servers. */
  readonly attempts: number;
  readonly errorCode: string | undefined;
  readonly firstByteMs: number | undefined;
  readonly durationMs: number;
}
