import type { Tx } from '../database/unit-of-work.js';
import type { SoughtValue } from './sought-value.js';

/** What was erased in organizations: for those who read anew what was there before. The audit module provides it. */
export abstract class ErasedValues {
  /** Values whose erasure was asked for after a moment. */
  abstract since(organizationId: string, moment: Date, db: Tx): Promise<SoughtValue[]>;
}
