import { findAccount } from './account.js';

const root = 'root:x:0:0:root:/root:/bin/bash';
const nobody = 'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin';
const postgres = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash';

describe('findAccount', () => {
  it('prefers postgres to nobody, wherever they stand', () => {
    expect(findAccount([root, nobody, postgres].join('\n'))).toEqual({
      name: 'postgres',
      uid: 101,
      gid: 104,
    });
    expect(findAccount([root, nobody, ''].join('\n'))).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
  });

  it('reads the negative ids of macOS as the system call takes them', () => {
    expect(findAccount('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false')).toEqual({
      name: 'nobody',
      uid: 4294967294,
      gid: 4294967294,
    });
  });

  it('never settles for root, nor for a name that only looks alike', () => {
    expect(findAccount(`${root}\npostgres:x:0:0::/:/bin/sh`)).toBeUndefined();
    expect(findAccount('postgres2:x:7:7::/:/bin/sh\n# nobody:x:8:8\n')).toBeUndefined();
    expect(findAccount('')).toBeUndefined();
  });
});
