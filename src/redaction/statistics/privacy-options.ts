import { invalidField } from '../../platform/errors/app-error.js';
import type { AnonymityOptions } from '../engine/statistics/anonymity-options.js';
import { MICROS, microsOf } from '../engine/statistics/noise/epsilon.js';
import type { Domains } from '../engine/statistics/release-plan.js';

/** What a request says of a release of a table. */
export interface GivenPrivacy {
  readonly k?: number | undefined;
  readonly l?: number | undefined;
  readonly quasi_identifiers?: readonly string[] | undefined;
  readonly sensitive?: readonly string[] | undefined;
  readonly max_suppression?: number | undefined;
  readonly epsilon?: number | undefined;
  readonly bounds?: Domains['bounds'] | undefined;
  readonly categories?: Domains['categories'] | undefined;
  readonly budget?: number | undefined;
  readonly dataset?: string | undefined;
}

export const DEFAULT_K = 5;
export const DEFAULT_MAX_SUPPRESSION = 0.05;
export const DEFAULT_EPSILON = 1;
/** Most epsilon that a data set gives in all, unless its releases say less. */
export const DEFAULT_BUDGET = 10;

const STATISTICAL = ['k_anonymity', 'differential_privacy'] as const;
export type StatisticalMethod = (typeof STATISTICAL)[number];

export const isStatistical = (method: string): method is StatisticalMethod =>
  STATISTICAL.some((name) => name === method);

const OWN: Readonly<Record<StatisticalMethod, readonly (keyof GivenPrivacy)[]>> = {
  k_anonymity: ['k', 'l', 'quasi_identifiers', 'sensitive', 'max_suppression'],
  differential_privacy: ['epsilon', 'bounds', 'categories', 'budget', 'dataset'],
};

/**
 * Checks that every option given is one of the method.
 * @throws AppError VALIDATION_ERROR
 */
export function checkPrivacy(method: string, given: GivenPrivacy = {}): void {
  const allowed: readonly string[] = isStatistical(method) ? OWN[method] : [];
  const wrong = Object.entries(given).find(([name, value]) => value !== undefined && !allowed.includes(name));
  if (!wrong) return;
  const field = `privacy.${wrong[0]}`;
  const message = isStatistical(method)
    ? `'${field}' is no option of the method ${method}.`
    : `'privacy' is for the methods ${STATISTICAL.join(' and ')}; this one is '${method}'.`;
  throw invalidField(field, 'method', message, allowed);
}

/** @throws AppError VALIDATION_ERROR */
export function anonymityOptions(given: GivenPrivacy = {}): AnonymityOptions {
  const { quasi_identifiers, sensitive = [], l = 1 } = given;
  if (l > 1 && sensitive.length === 0)
    throw invalidField(
      'privacy.sensitive',
      'required',
      "'privacy.l' asks for different values of sensitive columns: name them in 'privacy.sensitive'.",
    );
  return {
    k: given.k ?? DEFAULT_K,
    l,
    sensitive,
    maxSuppression: given.max_suppression ?? DEFAULT_MAX_SUPPRESSION,
    ...(quasi_identifiers && { quasiIdentifiers: quasi_identifiers }),
  };
}

/** A release as it is charged; epsilon in millionths. */
export interface ReleaseOptions {
  readonly epsilon: number;
  readonly budget: number | undefined;
  readonly dataset: string | undefined;
  readonly domains: Domains;
}

/** @throws AppError VALIDATION_ERROR */
export function releaseOptions(given: GivenPrivacy = {}): ReleaseOptions {
  const { bounds = {}, categories = {}, dataset, budget } = given;
  const twice = Object.keys(bounds).find((name) => Object.hasOwn(categories, name));
  if (twice !== undefined)
    throw invalidField(
      'privacy.categories',
      'unique',
      "A column is named in both 'privacy.bounds' and 'privacy.categories'.",
    );
  return {
    epsilon: inMicros('epsilon', given.epsilon ?? DEFAULT_EPSILON),
    budget: budget === undefined ? undefined : inMicros('budget', budget),
    dataset,
    domains: { bounds, categories },
  };
}

export const DEFAULT_BUDGET_MICROS = DEFAULT_BUDGET * MICROS;

function inMicros(name: string, value: number): number {
  const micros = microsOf(value);
  if (micros !== undefined) return micros;
  throw invalidField(`privacy.${name}`, 'decimals', `'privacy.${name}' may have six decimals at most.`);
}

/** Names of columns that the options hold. */
export const columnsIn = ({
  quasi_identifiers = [],
  sensitive = [],
  bounds = {},
  categories = {},
}: GivenPrivacy = {}): string[] => [
  ...quasi_identifiers,
  ...sensitive,
  ...Object.keys(bounds),
  ...Object.keys(categories),
];
