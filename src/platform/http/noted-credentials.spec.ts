import { NotedCredentials } from './noted-credentials.js';

it('remembers the newest credentials, and keeps none of them itself', () => {
  const noted = new NotedCredentials(2);
  for (const header of ['Bearer a', 'Bearer b', 'Bearer a', 'Bearer c']) noted.note(header, true);
  expect(['a', 'b', 'c'].map((secret) => noted.has(`Bearer ${secret}`))).toEqual([false, true, true]);
  noted.note('Bearer b', false);
  expect(noted.has('Bearer b')).toBe(false);
  expect(JSON.stringify(noted, (_, value) => (value instanceof Set ? [...value] : value))).not.toContain(
    'Bearer',
  );
});
