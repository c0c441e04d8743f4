import { invalidField } from '../../platform/errors/app-error.js';
import { catalogueEvent, EVENT_CATALOGUE, PINGED } from './event-catalogue.js';

/** What a webhook may subscribe to: `*`, all of one kind (`document.*`), or one event. */
export const EVENT_PATTERN = '^(\\*|[a-z_]+\\.(\\*|[a-z_]+))$';

const SUBSCRIBABLE = EVENT_CATALOGUE.map(({ name }) => name).filter((name) => name !== PINGED);

const kindOf = (name: string): string => `${name.slice(0, name.indexOf('.'))}.*`;

const KINDS = [...new Set(SUBSCRIBABLE.map(kindOf))];

/** The patterns by which an event is subscribed to. */
export const patternsFor = (name: string): string[] => ['*', kindOf(name), name];

/**
 * Patterns without repetition, in their order.
 * @throws AppError VALIDATION_ERROR for one that no event will ever match
 */
export function checkedPatterns(patterns: readonly string[]): string[] {
  const isKnown = (one: string): boolean =>
    one === '*' || KINDS.includes(one) || (one !== PINGED && catalogueEvent(one) !== undefined);
  const at = patterns.findIndex((one) => !isKnown(one));
  if (at >= 0) {
    const known = ['*', ...KINDS, ...SUBSCRIBABLE];
    const message = `'events[${at}]' must be one of: ${known.join(', ')}. GET /api/v1/webhooks/events describes them.`;
    throw invalidField(`events[${at}]`, 'enum', message, known);
  }
  return [...new Set(patterns)];
}
