import { invalidField } from '../../platform/errors/app-error.js';
import { assertTypes, compilePatterns, entityFields } from '../detection-options.js';
import type { Region } from '../documents/document-policy.js';
import { TEMPLATE_VARIABLES, unknownVariable } from '../engine/operators/placeholder.js';
import { engineName, publicName } from '../engine/type-names.js';
import type { ConfigChange, ResourceConfig } from './resource.js';

/** What stands before the names of a resource's settings in errors. */
const CONFIG = 'config.';

/** The settings after a change (RFC 7396, one level deep). */
export function changeConfig(config: ResourceConfig, change: ConfigChange = {}): ResourceConfig {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const settings = Object.entries({ ...config, ...Object.fromEntries(given) });
  return Object.fromEntries(settings.filter(([, value]) => value !== null));
}

declare const checked: unique symbol;

/** Input whose settings have been checked by {@link checkInput}. */
export type Checked<T> = T & { readonly [checked]: true };

/**
 * Checks settings by themselves, so that nothing is stored which an operation would refuse. Compiles the patterns,
 * which can take a second: so it stands before the transaction, and writes take checked input alone.
 * @throws AppError PATTERN_REFUSED; VALIDATION_ERROR for a reserved pattern name, a type given twice in `thresholds`,
 *   or a template with an unknown variable
 */
export function checkInput<T extends { readonly config?: ConfigChange | undefined }>(input: T): Checked<T> {
  checkSettings(input.config ?? {}, CONFIG);
  return input as Checked<T>;
}

/** The same for settings that stand under another name. @throws as {@link checkInput} */
export function checkSettings(settings: ConfigChange, prefix: string): void {
  const { custom_patterns, template, thresholds, regions } = settings;
  compilePatterns(custom_patterns ?? [], prefix);
  if (template) checkTemplate(template, prefix);
  if (thresholds) checkDistinct(Object.keys(thresholds), prefix);
  regions?.forEach((region, index) => {
    checkRegion(region, `${prefix}regions[${index}]`);
  });
}

/**
 * Checks that every type the settings name is one the server finds or one of their own patterns: a change may take
 * away a pattern that another setting names.
 * @throws AppError VALIDATION_ERROR
 */
export function checkTypes({ entities, thresholds, custom_patterns }: ResourceConfig, prefix = CONFIG): void {
  const types = Object.keys(thresholds ?? {}).map((type) => [`${prefix}thresholds.${type}`, type] as const);
  assertTypes([...entityFields(entities ?? [], prefix), ...types], custom_patterns ?? []);
}

/** Fractions that add up to more than a page by no more than what adding them loses. */
const ROUNDING = 1e-9;

function checkRegion({ x, y, width, height }: Region, field: string): void {
  if (width === 0 || height === 0) {
    throw invalidField(field, 'minimum', `'${field}' has no area: its width and height must be more than 0.`);
  }
  if (x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING) return;
  const message = `'${field}' reaches beyond the page: x + width and y + height may be 1 at most.`;
  throw invalidField(field, 'maximum', message);
}

function checkTemplate(template: string, prefix: string): void {
  const unknown = unknownVariable(template);
  if (unknown === undefined) return;
  const message = `'${prefix}template' may hold the variables ${TEMPLATE_VARIABLES.join(' and ')} and no other.`;
  throw invalidField(`${prefix}template`, 'variable', message, TEMPLATE_VARIABLES);
}

function checkDistinct(types: readonly string[], prefix: string): void {
  const seen = new Set<string>();
  for (const type of types) {
    const name = engineName(type);
    if (seen.has(name)) {
      const message = `'${prefix}thresholds' names ${publicName(name)} twice, by two spellings.`;
      throw invalidField(`${prefix}thresholds`, 'unique', message);
    }
    seen.add(name);
  }
}
