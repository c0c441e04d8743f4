/**
 * Templates of placeholders. A template sees the type and a number alone, never the value, so none can give it away.
 * Pure.
 */

export const TEMPLATE_VARIABLES = ['{type}', '{number}'] as const;

const VARIABLE = /\{(type|number)\}/g;

/** The first `{…}` of a template that is no variable, or undefined when all are. */
export function unknownVariable(template: string): string | undefined {
  const known: readonly string[] = TEMPLATE_VARIABLES;
  return template.match(/\{[^{}]*\}/g)?.find((found) => !known.includes(found));
}

/** The template with a number in it: after the type, or at the end where there is no type. */
export function numbered(template: string): string {
  if (template.includes('{number}')) return template;
  return template.includes('{type}')
    ? template.replaceAll('{type}', '{type}_{number}')
    : `${template}_{number}`;
}

/** Fills a template in one pass. */
export const fillTemplate = (template: string, type: string, number: number | undefined): string =>
  template.replace(VARIABLE, (_, name: string) => (name === 'type' ? type : String(number ?? '')));
