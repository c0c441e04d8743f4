import { NotedCredentials } from './noted-credentials.js';

it('remembers the newest credentials, and keeps none of them itself', () => {
  const noted = new NotedCredentials<number>(2);
  ['Bearer a', 'Bearer b', 'Bearer a', 'Bearer c'].forEach((header, index) => {
    noted.note(header, index);
  });
  expect(['a', 'b', 'c'].map((secret) => noted.of(`Bearer ${secret}`))).toEqual([undefined, 1, 3]);
  noted.note('Bearer b', undefined);
  expect(noted.of('Bearer b')).toBeUndefined();
  expect(JSON.stringify(noted, (_, value) => (value instanceof Map ? [...value] : value))).not.toContain(
    'Bearer',
  );
});
