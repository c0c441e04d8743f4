import { Detector, findAll } from '../detector.js';

const usual = new Detector({ minScore: 0.4 });

function found(text: string): string[] {
  return findAll(usual, { text, labels: [] }).map(
    ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
  );
}

/** Pieces are joined at run time, so that no scanner of repositories takes these samples for leaked keys. */
const join = (...parts: string[]) => parts.join('');
const PLACEHOLDER = join('$', '{DB_PASSWORD}');
const BODY = 'a8Kd02mZq7Xw5Tn1Vb4Rc9Yp3LsJh6Fg0Ue';

describe('API keys', () => {
  it.each([
    join('AKIA', 'QX7ZP2MN4RT6WV8Y'),
    join('ghp_', BODY, 'x'),
    join('sk_live_', '4eC39HqLyjWDarjtT1zdp7dc'),
    join('sk_test_', '4eC39HqLyjWDarjtT1zdp7dc'),
    join('xoxb-', '123456789012-abcdefGHIJKL'),
    join('glpat-', 'x7Yz12AbCdEfGhIjKlMn'),
    join('sk-proj-', BODY),
    join('AIza', 'SyD3a7kLmNoPqRsTuVwXyZ0123456789-_x'),
  ])('are found by their prefix: %s', (key) => {
    expect(found(`key is ${key}.`)).toEqual([`API_KEY ${key}`]);
  });

  it.each([
    [`API_KEY=${BODY}`, BODY],
    [`"client_secret": "${BODY}"`, BODY],
    [`Authorization: Bearer ${BODY}`, BODY],
    [`x-api-key: ${BODY}`, BODY],
  ])('are found by their label: %s', (text, key) => {
    expect(found(text)).toEqual([`API_KEY ${key}`]);
  });

  it.each([
    'sk_live_YOUR_API_KEY',
    'api_key = process.env.API_KEY',
    'token: string',
    `secret: ${PLACEHOLDER}`,
    'sk-navigation-bar-component-wide',
  ])('are not: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('private keys', () => {
  const begin = join('-----BEGIN RSA ', 'PRIVATE KEY-----');
  const end = join('-----END RSA ', 'PRIVATE KEY-----');
  const body = `${'MIIEowIBAAKCAQEA7Qx1'.repeat(3)}\n${'b3Zk+/9aQ2'.repeat(6)}\nAbCd==`;

  it.each([
    ['whole', `${begin}\n${body}\n${end}`],
    ['with headers', `${begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0011\n\n${body}\n${end}`],
    ['escaped in JSON', `${begin}\n${body}\n${end}`.replaceAll('\n', '\\n')],
    ['indented', `${begin}\n${body}\n${end}`.replaceAll('\n', '\n    ')],
  ])('are found whole: %s', (_name, key) => {
    expect(found(`key = "${key}"\nrest of it`)).toEqual([`PRIVATE_KEY ${key}`]);
  });

  it('reach to the end of the body when the END line is missing', () => {
    expect(found(`${begin}\n${body}\n\nThe text goes on here.`)).toEqual([`PRIVATE_KEY ${begin}\n${body}`]);
    expect(found(`${begin}\n${body}`)).toEqual([`PRIVATE_KEY ${begin}\n${body}`]);
  });

  it('are not public keys or certificates', () => {
    expect(found(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`)).toEqual([]);
  });
});

describe('JSON web tokens', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([3, 5])('are found with %i parts', (parts) => {
    const token = [
      encode({ alg: 'HS256', typ: 'JWT' }),
      ...Array.from({ length: parts - 1 }, () => 'c2lnbmF0dXJl'),
    ].join('.');
    expect(found(`Bearer ${token}; more`)).toEqual([`JWT ${token}`]);
  });

  it.each([`${encode({ typ: 'JWT', x: 1 })}.e30.c2ln`, 'eyJhbGciOiJIUzI1NiJ9', 'eyJmb28gYmFyIGJheg.e30.x'])(
    'are not: %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('passwords', () => {
  it.each([
    ['password=hunter2', 'hunter2'],
    ['DB_PASSWORD="p@ss w0rd!"', 'p@ss w0rd!'],
    ["{'passwd': 'x1y2z3'}", 'x1y2z3'],
    ['{\\"pwd\\": \\"abc123\\"}', 'abc123'],
    ['pwd: Tr0ub4dor&3', 'Tr0ub4dor&3'],
    ['user=ann&pwd=Tr0ub4dor&page=3', 'Tr0ub4dor'],
    ['user=ann;password=S3cret!;host=x', 'S3cret!'],
    ['postgres://app:s3cr3t@db:5432/main', 's3cr3t'],
    ['redis://:p%40ss@cache:6379', 'p%40ss'],
    ['Password: letmein', 'letmein'],
  ])('are found as the value alone: %s', (text, value) => {
    expect(found(text).filter((finding) => !finding.startsWith('PERSON'))).toEqual([`PASSWORD ${value}`]);
  });

  it.each([
    `password: ${PLACEHOLDER}`,
    'password=<your password>',
    'password: ********',
    'password = getPassword()',
    'password: null',
    'password: self.password',
    'Forgot your password: click here to reset it',
    'if (password == other)',
    'docker run -v $PWD:/spec image',
    `postgres://app:${PLACEHOLDER}@db/main`,
  ])('are not: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
