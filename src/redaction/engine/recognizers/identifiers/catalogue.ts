import { EAST_ASIA } from './east-asia.js';
import { FINANCE } from './finance.js';
import { GERMANY } from './germany.js';
import { HEALTH } from './health.js';
import type { IdentifierType } from './identifier-type.js';
import { INDIA } from './india.js';
import { JUSTICE } from './justice.js';
import { NORTH_AMERICA } from './north-america.js';
import { NORTHERN_EUROPE } from './northern-europe.js';
import { SOUTHERN_EUROPE } from './southern-europe.js';
import { SOUTHERN_HEMISPHERE } from './southern-hemisphere.js';
import { UNITED_KINGDOM } from './united-kingdom.js';

/** All identifiers that are told by form, checksum and context. */
export const IDENTIFIERS: readonly IdentifierType[] = [
  ...FINANCE,
  ...HEALTH,
  ...JUSTICE,
  ...NORTH_AMERICA,
  ...UNITED_KINGDOM,
  ...GERMANY,
  ...SOUTHERN_EUROPE,
  ...NORTHERN_EUROPE,
  ...INDIA,
  ...EAST_ASIA,
  ...SOUTHERN_HEMISPHERE,
];
