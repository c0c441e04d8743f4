import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../completions/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import { argumentCheckOf, parametersOf } from './functions/parameters-schema.js';
import { ArgumentFault, builtRequest } from './requests/built-request.js';
import type { ToolChoice, ToolContent } from './tool.js';
import { newDefinition } from './tool-definition.js';

const REQUEST = { method: 'GET', url: 'https://api.example.com/weather/{city}' } as const;
const CITY = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

const made = (choice: ToolChoice): ToolContent => newDefinition({ name: 'tool', ...choice }).content;
const refusal = (choice: ToolChoice): [unknown, unknown] => {
  try {
    made(choice);
  } catch (error) {
    if (error instanceof AppError) return [error.details?.field, error.details?.constraint];
    throw error;
  }
  throw new Error('was taken');
};
const asked = (content: ToolContent, given: JsonObject, at = 0): string => {
  const [one] = content.functions.slice(at);
  if (!one) throw new Error('no such function');
  const { method, url, body } = builtRequest(one, content, given, (text) => text);
  return `${method} ${url}${body ? ` ${body}` : ''}`;
};

const PETS = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://{region}.example.com/v2/', variables: { region: { default: 'eu' } } }],
  paths: {
    '/pets/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: { operationId: 'pets.get', summary: 'A pet', responses: {} },
      put: {
        operationId: 'pets.put',
        parameters: [
          { name: 'id', in: 'query', schema: { type: 'integer', minimum: 0, exclusiveMinimum: true } },
        ],
        requestBody: {
          required: true,
          content: { 'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Pet' } } },
        },
      },
    },
    '/photos': { post: { requestBody: { required: true, content: { 'image/png': {} } } } },
    '/search': {
      get: {
        parameters: [
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
      },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'string', readOnly: true },
          name: { type: 'string', nullable: true, example: 'Rex', 'x-own': 1 },
          friends: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
        },
      },
    },
  },
} satisfies JsonObject;

describe('a function', () => {
  it('asks with its arguments where they stand, and with the rest as its method has it', () => {
    expect(asked(made({ parameters: CITY, request: REQUEST }), { city: 'São Paulo/x?y#z' })).toBe(
      'GET https://api.example.com/weather/S%C3%A3o%20Paulo%2Fx%3Fy%23z',
    );
    const parameters = {
      ...CITY,
      properties: { ...CITY.properties, days: { type: 'integer' }, tags: { type: 'array' } },
    };
    const given = { city: 'Oslo', days: 2, tags: ['a b', 'c'] };
    expect(asked(made({ parameters, request: REQUEST }), given)).toBe(
      'GET https://api.example.com/weather/Oslo?days=2&tags=a+b&tags=c',
    );
    expect(asked(made({ parameters, request: { ...REQUEST, method: 'POST' } }), given)).toBe(
      'POST https://api.example.com/weather/Oslo {"days":2,"tags":["a b","c"]}',
    );
    const body = { place: { name: '{city}' }, list: ['{days}', 'x', '{tags}'], text: 'in {city}' };
    const query = { unit: 'c', d: '{days}' };
    const request = { ...REQUEST, method: 'PUT', query, body } as const;
    expect(asked(made({ parameters, request }), { city: 'Oslo', tags: [] })).toBe(
      'PUT https://api.example.com/weather/Oslo?unit=c {"place":{"name":"Oslo"},"list":["x",[]],"text":"in {city}"}',
    );
  });

  it('asks nowhere else, whatever its arguments are', () => {
    const content = made({
      parameters: CITY,
      request: { ...REQUEST, url: 'https://api.example.com/a/{city}/b' },
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('.', '..', '%2e%2e', '../..', '//evil')),
        (city) => {
          try {
            const { host, pathname } = new URL(asked(content, { city }).slice(4));
            expect([host, pathname.split('/').length]).toEqual(['api.example.com', 4]);
            expect(pathname).toMatch(/^\/a\/.+\/b$/);
          } catch (error) {
            if (!(error instanceof ArgumentFault || error instanceof URIError)) throw error;
          }
        },
      ),
    );
  });

  it.each<[string, ToolChoice, string, string]>([
    ['a URL that is none', { request: { method: 'GET', url: 'ftp://a/b' } }, 'request', 'url'],
    [
      'a host that is an argument',
      { parameters: CITY, request: { method: 'GET', url: 'https://{city}.a/b' } },
      'request',
      'url',
    ],
    [
      'a port that is one',
      { parameters: CITY, request: { method: 'GET', url: 'https://a:{city}/b' } },
      'request',
      'url',
    ],
    ['a path with dots', { request: { method: 'GET', url: 'https://a.b/../c' } }, 'request', 'url'],
    ['a query', { request: { method: 'GET', url: 'https://a.b/?c=d' } }, 'request', 'url'],
    ['a password', { request: { method: 'GET', url: 'https://a:b@c.d/' } }, 'request', 'url'],
    ['an argument nobody has', { request: REQUEST }, 'request', 'argument'],
    [
      'a header of the connection',
      { request: { method: 'GET', url: 'https://a.b/', headers: { Host: 'c' } } },
      'request',
      'header',
    ],
    [
      'a line end in a header',
      { request: { method: 'GET', url: 'https://a.b/', headers: { a: 'b\r\nc: d' } } },
      'request',
      'header',
    ],
    [
      'parameters that are no object',
      { parameters: { type: 'string' }, request: REQUEST },
      'parameters',
      'type',
    ],
    [
      'a keyword that means nothing',
      { parameters: { properties: { city: { type: 'text' } } }, request: REQUEST },
      'parameters',
      'schema',
    ],
    [
      'a reference to elsewhere',
      { parameters: { properties: { a: { $ref: 'https://a.b/c' } } }, request: REQUEST },
      'parameters',
      'reference',
    ],
    [
      'a reference to itself',
      { parameters: { properties: { a: { $ref: '#' } } }, request: REQUEST },
      'parameters',
      'cycle',
    ],
    [
      'a pattern of endless steps',
      { parameters: { properties: { a: { pattern: '(a)\\1' } } }, request: REQUEST },
      'parameters',
      'pattern',
    ],
    ['both', { request: REQUEST, openapi: {} }, 'openapi', 'exclusive'],
    ['neither', {}, 'request', 'exclusive'],
  ])('is refused for %s', (_, choice, field, constraint) => {
    expect(refusal(choice)).toEqual([field, constraint]);
  });

  it('is refused when its references would make much out of little', () => {
    const $defs: Record<string, JsonValue> = { d0: { type: 'string' } };
    for (let at = 1; at < 16; at++)
      $defs[`d${at}`] = { allOf: [{ $ref: `#/$defs/d${at - 1}` }, { $ref: `#/$defs/d${at - 1}` }] };
    const parameters = { $defs, properties: { a: { $ref: '#/$defs/d15' } } };
    expect(refusal({ parameters, request: { method: 'GET', url: 'https://a.b/' } })).toEqual([
      'parameters',
      'size',
    ]);
  });
});

describe('arguments', () => {
  it('are checked by the schema, its references followed and its patterns in linear time', () => {
    const schema = parametersOf({
      $defs: { code: { type: 'string', pattern: '^(a+)+$' } },
      properties: { code: { $ref: '#/$defs/code' }, count: { type: 'integer', maximum: 3 } },
      required: ['code'],
      additionalProperties: false,
    });
    expect(JSON.stringify(schema)).not.toContain('$ref');
    const check = argumentCheckOf(schema);
    expect(check({ code: 'aaa', count: 3 })).toBeUndefined();
    expect(check({ code: `${'a'.repeat(50_000)}!` })).toMatch(/'\/code' must match pattern/);
    expect(check({ code: 'a', count: 4 })).toBe("'/count' must be <= 3");
    expect(check({})).toMatch(/the arguments must have required property 'code'/);
    expect(check({ code: 'a', constructor: 1 })).toMatch(/additional properties/);
  });
});

describe('an OpenAPI document', () => {
  it('becomes a function for each operation that can be called, and says which cannot', () => {
    const { functions, skipped, serverUrl } = made({ openapi: PETS });
    expect(serverUrl).toBe('https://eu.example.com/v2');
    expect(functions.map(({ name }) => name)).toEqual(['pets_get', 'pets_put', 'get_search']);
    expect(skipped).toEqual([{ operation: 'post_/photos', reason: 'a body that cannot be JSON' }]);
    expect(functions[0]).toMatchObject({
      description: 'A pet',
      request: { url: 'https://eu.example.com/v2/pets/{id}' },
    });
    expect(functions[1]?.parameters).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string' },
        id_query: { type: 'integer', exclusiveMinimum: 0 },
        body: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: ['string', 'null'] }, friends: { type: 'array', items: {} } },
        },
      },
      required: ['id', 'body'],
    });
  });

  it('asks as it says, with what is sent to all of its operations', () => {
    const content = made({ openapi: PETS, query: { key: 'k' } });
    expect(asked(content, { id: 'a/b', id_query: 3, body: { name: null } }, 1)).toBe(
      'PUT https://eu.example.com/v2/pets/a%2Fb?key=k&id=3 {"name":null}',
    );
    expect(asked(content, { tag: ['x', 'y'] }, 2)).toBe(
      'GET https://eu.example.com/v2/search?key=k&tag=x&tag=y',
    );
  });

  it('is the same as JSON and as YAML', () => {
    const whole = made({ openapi: PETS });
    expect(made({ openapi: JSON.stringify(PETS) })).toEqual(whole);
    expect(made({ openapi: `# JSON is YAML\n${JSON.stringify(PETS, undefined, 1)}` })).toEqual(whole);
  });

  it('gives the operations that are wanted, elsewhere too', () => {
    const { functions } = made({
      openapi: PETS,
      operations: ['pets.get'],
      serverUrl: 'https://other.example/',
    });
    expect(functions.map(({ request }) => request.url)).toEqual(['https://other.example/pets/{id}']);
  });

  it.each<[string, ToolChoice, string, string]>([
    ['another version', { openapi: { ...PETS, openapi: '2.0' } }, 'openapi', 'version'],
    ['no YAML', { openapi: 'a: [' }, 'openapi', 'syntax'],
    ['aliases', { openapi: 'a: &a [1]\nb: [*a, *a]\nopenapi: 3.1.0' }, 'openapi', 'syntax'],
    ['too much of it', { openapi: `openapi: 3.1.0\nx: ${'y'.repeat(200_000)}` }, 'openapi', 'size'],
    ['too deep', { openapi: '['.repeat(100_000) }, 'openapi', 'depth'],
    ['lists in lists', { openapi: '- '.repeat(50_000) }, 'openapi', 'depth'],
    ['objects in objects', { openapi: `{"a":`.repeat(30_000) }, 'openapi', 'depth'],
    ['no server', { openapi: { ...PETS, servers: [] } }, 'server_url', 'url'],
    ['a server that is nowhere', { openapi: { ...PETS, servers: [{ url: '/v1' }] } }, 'server_url', 'url'],
    ['an operation that is not there', { openapi: PETS, operations: ['x'] }, 'operations', 'operations'],
    [
      'an operation that cannot be called',
      { openapi: PETS, operations: ['post_/photos'] },
      'operations',
      'operations',
    ],
    ['what is for functions', { openapi: PETS, parameters: CITY }, 'parameters', 'unsupported'],
  ])('is refused for %s', (_, choice, field, constraint) => {
    expect(refusal(choice)).toEqual([field, constraint]);
  });

  it('is taken or refused, whatever it holds, and what is taken can be asked', () => {
    const ref = fc.constantFrom(
      '#/components/schemas/A',
      '#/paths',
      '#/nowhere',
      'https://a.b/c',
      '#/components/schemas/A/properties/a',
    );
    const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => ({
      schema: fc.oneof(
        { depthSize: 'small' },
        fc.record(
          { type: fc.constantFrom('string', 'integer', 'object', 'text', 3 as never) },
          { requiredKeys: [] },
        ),
        fc.record({ $ref: ref }),
        fc.record({
          properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), tie('schema')),
          items: tie('schema'),
        }),
        fc.record({ allOf: fc.array(tie('schema'), { maxLength: 2 }), nullable: fc.boolean() }),
        fc.jsonValue() as fc.Arbitrary<JsonValue>,
      ),
    }));
    const parameter = fc.record({
      name: fc.constantFrom('a', 'b', 'X-a', ''),
      in: fc.constantFrom('path', 'query', 'header', 'cookie', 'x'),
      schema,
    });
    const operation = fc.record(
      {
        parameters: fc.array(fc.oneof(parameter, fc.record({ $ref: ref })), { maxLength: 3 }),
        requestBody: fc.record({ content: fc.record({ 'application/json': fc.record({ schema }) }) }),
      },
      { requiredKeys: [] },
    );
    const path = fc.constantFrom('/a', '/{a}', '/{a}/{b}', '/{b}x', '/..', 'a');
    const document = fc.record({
      openapi: fc.constantFrom('3.0.0', '3.1.0'),
      paths: fc.dictionary(path, fc.record({ get: operation, post: operation })),
      components: fc.record({ schemas: fc.record({ A: schema }) }),
    });
    let taken = 0;
    fc.assert(
      fc.property(document, (openapi) => {
        try {
          const content = made({ openapi, serverUrl: 'https://a.example' });
          taken += 1;
          for (const [at, one] of content.functions.entries()) {
            expect(JSON.stringify(one.parameters)).not.toContain('"$ref":"#');
            argumentCheckOf(one.parameters);
            // Names that stand in two places are told apart: `b`, `b_path`.
            const given = Object.fromEntries(
              Object.keys(one.parameters.properties ?? {}).map((name) => [name, 'x']),
            );
            expect(asked(content, given, at)).toMatch(/^(?:GET|POST) https:\/\/a\.example\//);
          }
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(15);
  });
});
