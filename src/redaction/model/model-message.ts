import type { JudgedSpan } from '../engine/model/judge.js';

/** What is asked of a model's process. Sentences may be personal: they go from process to process and nowhere else. */
export interface ModelRequest {
  readonly sentences: readonly string[];
}

/** What it says: once whether its model works, and then one answer to each request. */
export type ModelReply =
  | { readonly kind: 'ready' }
  /** The model cannot be used; the text is a ModelFault's. */
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'spans'; readonly spans: readonly (readonly JudgedSpan[])[] }
  | { readonly kind: 'fault'; readonly problem: string };
