/** V8 may keep a whole text alive for a part of it that is this long. */
const SHORTEST_SLICE = 13;

/** The same string, holding nothing of the text that it was cut from. */
export function detached(text: string): string {
  if (text.length < SHORTEST_SLICE) return text;
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return String.fromCharCode(...units);
}
