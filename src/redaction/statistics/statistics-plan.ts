import type { AnalysisOptions } from '../engine/analysis.js';
import type { RedactionOptions } from '../engine/operators/redaction.js';
import type { AnonymityOptions } from '../engine/statistics/anonymity-options.js';
import { confidencesOf, type ProtectionOptions } from '../protection-options.js';
import {
  anonymityOptions,
  type GivenPrivacy,
  type ReleaseOptions,
  releaseOptions,
} from './privacy-options.js';

interface Common {
  readonly given: GivenPrivacy | undefined;
  readonly confidences: AnalysisOptions;
}

/** How a table is to be released. */
export type StatisticsPlan =
  | (Common & {
      readonly method: 'k_anonymity';
      readonly options: AnonymityOptions;
      readonly redaction: RedactionOptions;
    })
  | (Common & {
      readonly method: 'differential_privacy';
      readonly options: ReleaseOptions;
      readonly projectId: string | undefined;
    });

/** Undefined for every other method. @throws AppError VALIDATION_ERROR */
export function statisticsPlanOf(options: ProtectionOptions): StatisticsPlan | undefined {
  const { method, privacy: given, preserve_context, template } = options;
  const common = { given, confidences: confidencesOf(options) };
  switch (method) {
    case 'k_anonymity': {
      const redaction = {
        preserveContext: preserve_context,
        ...(template !== undefined && { placeholder: template }),
      };
      return { ...common, method, options: anonymityOptions(given), redaction };
    }
    case 'differential_privacy':
      return { ...common, method, options: releaseOptions(given), projectId: options.tokens?.projectId };
    default:
      return undefined;
  }
}
