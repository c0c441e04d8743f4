import { LineCounter, parseDocument } from 'yaml';
import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { ToolFault } from '../tool-fault.js';
import { isWithinYamlBounds } from './yaml-bounds.js';

/** Largest document, in bytes of JSON, and in characters of YAML, which takes longer to read. */
const MOST_JSON_BYTES = 512 * 1024;
const MOST_YAML = 192 * 1024;
/** Deeper documents are read by none of the others either. */
const DEEPEST = 200;

/**
 * An OpenAPI document of version 3.
 * @param given the document, or its text as JSON or YAML
 * @throws ToolFault `size`, `depth`, `syntax`, `version`
 */
export function openApiOf(given: unknown): JsonObject {
  const document = typeof given === 'string' ? parsed(given) : (given as JsonValue);
  if (!isObject(document)) throw new ToolFault('syntax', 'no OpenAPI document, which is an object');
  if (depthOf(document) > DEEPEST)
    throw new ToolFault('depth', `a document nested more than ${DEEPEST} levels deep`);
  if (Buffer.byteLength(JSON.stringify(document)) > MOST_JSON_BYTES)
    throw new ToolFault('size', `a document of more than ${MOST_JSON_BYTES / 1024} KiB`);
  const { openapi: version } = document;
  if (typeof version !== 'string' || !/^3\.[01](?:\.|$)/.test(version))
    throw new ToolFault('version', "a document whose 'openapi' is not 3.0 or 3.1");
  return document;
}

function parsed(text: string): JsonValue {
  try {
    if (/^\s*\{/.test(text) && text.length <= MOST_JSON_BYTES) return JSON.parse(text);
  } catch {
    // A flow mapping of YAML begins like JSON.
  }
  if (text.length > MOST_YAML)
    throw new ToolFault('size', `YAML of more than ${MOST_YAML / 1024} KiB: send it as JSON`);
  if (!isWithinYamlBounds(text))
    throw new ToolFault('depth', 'YAML that is nested too deep or has too many parts: send it as JSON');
  return fromYaml(text);
}

function fromYaml(text: string): JsonValue {
  const lineCounter = new LineCounter();
  try {
    // Looking for keys that are there twice would compare every key with every other.
    const document = parseDocument(text, {
      lineCounter,
      uniqueKeys: false,
      schema: 'core',
      logLevel: 'silent',
    });
    const [first] = document.errors;
    if (first)
      throw new ToolFault('syntax', `no YAML or JSON: see line ${lineCounter.linePos(first.pos[0]).line}`);
    // Copies, so that what was JSON all along is what comes of it.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 0 }) ?? null));
  } catch (error) {
    if (error instanceof ToolFault) throw error;
    throw new ToolFault(
      'syntax',
      'YAML that cannot be read: write values themselves in place of aliases, and nest less',
    );
  }
}

/** Levels of objects and arrays; without calling itself, which a deep document would not survive. */
function depthOf(document: JsonValue): number {
  let level: JsonValue[] = [document];
  for (let depth = 0; ; depth++) {
    if (level.length === 0 || depth > DEEPEST) return depth;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}
