import { invalidField } from '../../platform/errors/app-error.js';
import { assertTypes, compilePatterns, entityFields } from '../detection-options.js';
import { TEMPLATE_VARIABLES, unknownVariable } from '../engine/operators/placeholder.js';
import { engineName, publicName } from '../engine/type-names.js';
import type { ConfigChange, ResourceConfig } from './resource.js';

const PREFIX = 'config.';

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
  const { custom_patterns, template, thresholds } = input.config ?? {};
  compilePatterns(custom_patterns ?? [], PREFIX);
  if (template) checkTemplate(template);
  if (thresholds) checkDistinct(Object.keys(thresholds));
  return input as Checked<T>;
}

/**
 * Checks that every type the settings name is one the server finds or one of their own patterns: a change may take
 * away a pattern that another setting names.
 * @throws AppError VALIDATION_ERROR
 */
export function checkTypes({ entities, thresholds, custom_patterns }: ResourceConfig): void {
  const types = Object.keys(thresholds ?? {}).map((type) => [`${PREFIX}thresholds.${type}`, type] as const);
  assertTypes([...entityFields(entities ?? [], PREFIX), ...types], custom_patterns ?? []);
}

function checkTemplate(template: string): void {
  const unknown = unknownVariable(template);
  if (unknown === undefined) return;
  const message = `'${PREFIX}template' may hold the variables ${TEMPLATE_VARIABLES.join(' and ')} and no other.`;
  throw invalidField(`${PREFIX}template`, 'variable', message, TEMPLATE_VARIABLES);
}

function checkDistinct(types: readonly string[]): void {
  const seen = new Set<string>();
  for (const type of types) {
    const name = engineName(type);
    if (seen.has(name)) {
      const message = `'${PREFIX}thresholds' names ${publicName(name)} twice, by two spellings.`;
      throw invalidField(`${PREFIX}thresholds`, 'unique', message);
    }
    seen.add(name);
  }
}
