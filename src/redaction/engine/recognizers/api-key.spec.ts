import * as fc from 'fast-check';
import { Detector, findAll } from '../detector.js';

const detector = new Detector({ minScore: 0.4 });
const found = (text: string): [string, string][] =>
  findAll(detector, { text, labels: [] }).map(({ type, start, end }) => [type, text.slice(start, end)]);

/** Text of the given length over letters of both cases and digits, one of each at least. */
const body = (length: number) =>
  fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length - 3}}$`)).map((text) => `${text}aB7`);

describe('keys of issuers', () => {
  it.each([
    ['dckr_pat_', 27],
    ['xai-', 80],
    ['gsk_', 52],
    ['hvb.', 40],
    ['glft-', 20],
    ['sk-ant-api03-', 93],
    ['ntn_', 46],
  ])('that begin with %s are found whole', (prefix, length) => {
    fc.assert(
      fc.property(body(length), (text) => {
        const key = prefix + text;
        expect(found(`use "${key}", then`)).toEqual([['API_KEY', key]]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [body(33).map((text) => `482017536:AA${text}`)],
    [fc.tuple(body(23), body(6), body(27)).map(([id, time, sign]) => `M${id}.${time}.${sign}`)],
    [body(32).map((text) => `kR48Q~${text}`.replace('kR48', 'kRt8'))],
  ])('without a prefix are told by their inner marks', (keys) => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(found(`token ${key}`)).toEqual([['API_KEY', key]]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('passwords of connections', () => {
  it.each([
    'postgres://krt:@@db/krt',
    'mysql://krt:@@db.example.com:3306/krt',
    'mongodb+srv://krt:@@c0.example.com/?retryWrites=true',
    'redis://:@@cache:6379/0',
    'amqps://krt:@@mq.example.com/vhost',
    'jdbc:postgresql://db:5432/krt?user=krt&password=@&ssl=true',
    'Server=tcp:db,1433;Database=krt;User Id=krt;Password=@;Encrypt=True',
  ])('are found and nothing of them is left over: %s', (form) => {
    const password = 'Tr4ke.Wx%482';
    const text = form.replace('@', password);
    const passwords = found(text).filter(([, value]) => value.includes('Wx'));
    expect(passwords).toEqual([['PASSWORD', password]]);
  });
});
