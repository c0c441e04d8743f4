import { readRedisInfo } from './redis-check.js';

describe('readRedisInfo', () => {
  it('finds version and memory policy', () => {
    const info = '# Server\r\nredis_version:7.0.15\r\n# Memory\r\nmaxmemory_policy:allkeys-lru\r\n';
    expect(readRedisInfo(info)).toEqual({ major: 7, policy: 'allkeys-lru' });
  });

  it('takes a server that says neither for one that is too old', () => {
    expect(readRedisInfo('')).toEqual({ major: 0, policy: undefined });
  });
});
