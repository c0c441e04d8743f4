const MARKUP = /[&<>]/;
const ATTRIBUTE_MARKUP = /[&<>"\t\n\r]/;

/** Character data as XML spells it. */
export function escapeText(text: string): string {
  // A carriage return that is not escaped would be read back as a line feed.
  if (!MARKUP.test(text) && !text.includes('\r')) return text;
  return text.replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);
}

/** An attribute's value as XML spells it between double quotes. */
export function escapeAttribute(value: string): string {
  if (!ATTRIBUTE_MARKUP.test(value)) return value;
  return value.replaceAll(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
