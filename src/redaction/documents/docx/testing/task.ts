import { Detector } from '../../../engine/detector.js';
import { DocumentDetector } from '../../document-detector.js';
import type { DocumentTask, Step } from '../../document-handler.js';
import { DEFAULT_LOOK, type DocumentPolicy } from '../../document-policy.js';

/** A task with the engine's detector and a policy that differs from the plainest one. */
export function taskWith(changes: Partial<DocumentPolicy> = {}, steps: Step[] = []): DocumentTask {
  const policy: DocumentPolicy = {
    searchTerms: ['Zebulon Quackenbush'],
    regions: [],
    strict: false,
    look: DEFAULT_LOOK,
    placeholders: {},
    ...changes,
  };
  return {
    policy,
    detector: new DocumentDetector(new Detector({ minScore: 0.4 }), policy.searchTerms),
    progress: (step) => steps.push(step),
  };
}
