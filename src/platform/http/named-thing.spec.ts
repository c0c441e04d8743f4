import type { FastifyRequest } from 'fastify';
import { newId } from './ids.js';
import { namedThing } from './named-thing.js';

const project = newId('proj');
const other = newId('proj');
const organization = newId('org');

const named = (parts: object, numbered?: string) =>
  namedThing({
    surface: 'core',
    method: 'GET',
    headers: {},
    params: {},
    query: {},
    body: undefined,
    routeOptions: { config: { numbered } },
    ...parts,
  } as unknown as FastifyRequest);

describe('what a request names', () => {
  it.each([
    ['in its path', { params: { id: project } }, { prefix: 'proj', name: project }],
    [
      'first in its path',
      { params: { id: project, user: newId('user') } },
      { prefix: 'proj', name: project },
    ],
    ['in its query', { query: { project_id: project } }, { prefix: 'proj', name: project }],
    ['in its body', { method: 'POST', body: { project_id: project } }, { prefix: 'proj', name: project }],
    [
      'as what a job is for',
      { method: 'POST', body: { input: { project_id: project } } },
      { prefix: 'proj', name: project },
    ],
    [
      'in the query of what is deleted',
      { method: 'DELETE', query: { project_id: project } },
      { prefix: 'proj', name: project },
    ],
    [
      'beside a name in its path that is no id',
      { method: 'DELETE', params: { token: 'EMAIL-0123' }, query: { project_id: project } },
      { prefix: 'proj', name: project },
    ],
    ['in the query of what has a body', { method: 'POST', query: { project_id: project } }, undefined],
    ['in the body of what has a query', { body: { project_id: project } }, undefined],
    [
      'as an organization',
      { query: { organization_id: organization } },
      { prefix: 'org', name: organization },
    ],
    [
      'in a header',
      { headers: { 'x-organization-id': organization } },
      { prefix: 'org', name: organization, isChosen: true },
    ],
    ['nowhere', {}, undefined],
    ['by no id', { query: { project_id: 'mine' } }, undefined],
    ['by an id of another kind', { query: { project_id: organization } }, undefined],
    ['in lists', { method: 'POST', body: [{ project_id: project }] }, undefined],
  ])('%s', (_, parts, expected) => {
    expect(named(parts)).toEqual(expected);
  });

  it('lets an id in the path decide alone', () => {
    const elsewhere = { query: { project_id: other }, headers: { 'x-organization-id': organization } };
    expect(named({ params: { id: project }, ...elsewhere })).toEqual({ prefix: 'proj', name: project });
  });

  it('is a project rather than an organization, of which it is a part', () => {
    expect(named({ query: { organization_id: organization, project_id: project } })).toEqual({
      prefix: 'proj',
      name: project,
    });
  });

  describe("on KeyNest's surface", () => {
    const keynest = (parts: object, numbered?: string) => named({ surface: 'keynest', ...parts }, numbered);

    it.each([
      ['by the number in a path', { params: { id: '7' } }, 'proj', { prefix: 'proj', name: 7 }],
      ['by a number in the query', { query: { organization: '3' } }, undefined, { prefix: 'org', name: 3 }],
      [
        'by a number in the body',
        { method: 'POST', body: { project: 4, organization: 3 } },
        undefined,
        { prefix: 'proj', name: 4 },
      ],
      ['by no number', { params: { id: '07' } }, 'proj', undefined],
      ['by more than a number holds', { params: { id: '9'.repeat(16) } }, 'proj', undefined],
    ])('%s', (_, parts, numbered, expected) => {
      expect(keynest(parts, numbered)).toEqual(expected);
    });

    it('knows no ids', () => {
      expect(keynest({ query: { project_id: project } })).toBeUndefined();
    });
  });
});
