/** Types are Presidio's names inside the engine; these four have another name on the outside. */
const PUBLIC_NAMES: ReadonlyMap<string, string> = new Map([
  ['PERSON', 'PERSON_NAME'],
  ['US_SSN', 'SSN'],
  ['EMAIL_ADDRESS', 'EMAIL'],
  ['PHONE_NUMBER', 'PHONE'],
]);
const ENGINE_NAMES: ReadonlyMap<string, string> = new Map(
  [...PUBLIC_NAMES].map(([engine, shown]) => [shown, engine]),
);

/** The name shown to clients; a type without one of its own, a custom one included, keeps its name. */
export function publicName(type: string): string {
  return PUBLIC_NAMES.get(type) ?? type;
}

/** The engine's name for a type that a client may have written in either form. */
export function engineName(name: string): string {
  return ENGINE_NAMES.get(name) ?? name;
}
