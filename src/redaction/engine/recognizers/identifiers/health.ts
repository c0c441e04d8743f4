import { contextWords } from '../../context.js';
import type { IdentifierType } from './identifier-type.js';

/** Types that a label alone tells; see `labels.ts`. */
export const HEALTH: readonly IdentifierType[] = [
  {
    name: 'MEDICAL_RECORD_NUMBER',
    country: null,
    description: "A patient's number at a hospital or practice, behind its label.",
    example: 'KR-4820175',
    context: contextWords('mrn'),
    forms: [],
  },
  {
    name: 'HEALTH_PLAN_NUMBER',
    country: null,
    description: 'The number of a member or a policy of a health plan, behind its label.',
    example: 'XKR482017536',
    context: contextWords('memberid'),
    forms: [],
  },
];
