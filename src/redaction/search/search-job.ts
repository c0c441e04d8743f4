import type { FingerprintSet } from '../../platform/fingerprints/fingerprint-set.js';
import type { DetectionOptions } from '../detection-options.js';
import type { Analysis, AnalysisOptions } from '../engine/analysis.js';
import type { EngineInputErrorCode, InputPlace } from '../engine/engine-error.js';
import type { DataFormat } from '../engine/structure/open-document.js';

/** The organization's own values for another thread: plain data, which is as secret there as here. */
export interface SharedSecrets {
  readonly fingerprints: FingerprintSet;
  /** Names that may be shown, by the number of the value. */
  readonly references: ReadonlyMap<number, string>;
}

/** One text and how it is to be searched. Plain data that may be personal: it goes from thread to thread and nowhere else. */
export interface SearchJob {
  readonly data: string;
  readonly format: DataFormat | undefined;
  readonly options: DetectionOptions;
  readonly analysis: AnalysisOptions;
  readonly secrets: SharedSecrets | undefined;
  /** Types, as clients see them, by codes of tokens that are left as they stand. */
  readonly issued: ReadonlyMap<string, string>;
}

export interface SearchRequest {
  readonly job: SearchJob;
  /** One cell, which is no longer 0 once nobody wants the result. */
  readonly stop: Int32Array;
}

/** Refusals of the engine as plain data: classes do not pass from thread to thread. */
export type Refused =
  | {
      readonly name: 'EngineInputError';
      readonly code: EngineInputErrorCode;
      readonly message: string;
      readonly place: InputPlace;
    }
  | { readonly name: 'PatternDeadlineError' | 'PatternMatchesError'; readonly pattern: string };

/** What a thread answers, once for each request. */
export type SearchReply =
  | { readonly kind: 'done'; readonly analysis: Analysis; readonly guesses: ReadonlySet<string> }
  | { readonly kind: 'refused'; readonly refused: Refused }
  /** A fault of ours, or told to stop: the name of the error alone, since its message may hold content. */
  | { readonly kind: 'fault'; readonly name: string };
