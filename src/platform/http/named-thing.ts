import type { FastifyRequest } from 'fastify';
import { routeConfigOf } from '../limits/route-limits.js';
import { type IdPrefix, isId } from './ids.js';

/** Something a request names: by id, or on KeyNest's surface by number. */
export interface NamedThing {
  readonly prefix: IdPrefix;
  readonly name: string | number;
  /** The request wants it to be its organization, and says nothing else of where it belongs. */
  readonly isChosen?: true;
}

/** Fields by which a request without an id in its path says where it belongs, most telling first. */
const FIELDS = [
  ['environment_id', 'env'],
  ['knowledge_base_id', 'kb'],
  ['project_id', 'proj'],
  // Where an assistant answers.
  ['model', 'asst'],
  ['organization_id', 'org'],
] as const;

/** The same on KeyNest's surface, whose ids are numbers. */
const NUMBERS = [
  ['environment', 'env'],
  ['project', 'proj'],
  ['organization', 'org'],
] as const;

/** Numbers that PostgreSQL and JavaScript both hold exactly. */
const NUMBER = /^[1-9]\d{0,14}$/;

/** Methods whose fields stand in the query; those of all others stand in the body. */
const BY_QUERY: readonly string[] = ['GET', 'HEAD', 'DELETE'];

/**
 * The first thing a request names that says whose it is. An id in the path decides alone. Fields count where operations
 * read them, and nowhere else: what moves a caller must be what is then worked on, since the reason for which they may be
 * there can be one project.
 */
export function namedThing(request: FastifyRequest): NamedThing | undefined {
  const thing = thingInPath(request);
  if (thing) return thing;
  const fields = request.surface === 'keynest' ? NUMBERS : FIELDS;
  for (const [field, prefix] of fields)
    for (const place of placesOf(request)) {
      const name = nameOf(prefix, place[field], request.surface === 'keynest');
      if (name !== undefined) return { prefix, name };
    }
  const project = nameOf('proj', request.headers['openai-project'], false);
  if (project !== undefined && isAboutChat(request)) return { prefix: 'proj', name: project };
  const chosen = nameOf('org', request.headers['x-organization-id'], false);
  return chosen === undefined ? undefined : { prefix: 'org', name: chosen, isChosen: true };
}

/** OpenAI's clients name their project in a header, which nothing else heeds. */
const isAboutChat = ({ url, surface }: FastifyRequest): boolean =>
  surface === 'openai' || url.startsWith('/_core/chat/');

function placesOf({ method, query, body }: FastifyRequest): Readonly<Record<string, unknown>>[] {
  if (BY_QUERY.includes(method)) return [recordOf(query)];
  const fields = recordOf(body);
  // What a job is asked for stands one level deeper.
  return [fields, recordOf(fields.input)];
}

/** The first thing a request names in its path, which is there before the body is. */
export function thingInPath(request: FastifyRequest): NamedThing | undefined {
  const { numbered } = routeConfigOf(request);
  for (const value of Object.values(recordOf(request.params))) {
    const prefix = numbered ?? (String(value).split('_', 1)[0] as IdPrefix);
    const name = nameOf(prefix, value, numbered !== undefined);
    if (name !== undefined) return { prefix, name };
  }
  return undefined;
}

function nameOf(prefix: IdPrefix, value: unknown, numbered: boolean): string | number | undefined {
  if (numbered) return NUMBER.test(String(value)) ? Number(value) : undefined;
  return typeof value === 'string' && isId(prefix, value) ? value : undefined;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
