import { describeSettings, loadSettings, SettingsError } from './settings.js';

const faultsOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ name }) => name);
    throw error;
  }
  return [];
};

describe('loadSettings', () => {
  it('starts with nothing set', () => {
    const settings = loadSettings({});
    expect(settings.HOST).toBe('127.0.0.1');
    expect(settings.PORT).toBe(8000);
    expect(settings.DATABASE_URL).toBeUndefined();
  });

  it('treats an empty variable as unset', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: '' }).PORT).toBe(8000);
  });

  it('names every wrong setting at once', () => {
    const wrong = {
      HOST: 'nowhere!',
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      REDOUBT_PUBLIC_URL: 'ftp://x',
      REDOUBT_TRUST_PROXY: '10.0.0.0/40',
      REDOUBT_MASTER_KEY: 'short',
      REDOUBT_ADMIN_KEY: 'sk_live_short',
      REDOUBT_BODY_LIMIT: '12',
      REDOUBT_LOG_LEVEL: 'loud',
      REDOUBT_REQUEST_SECONDS: '-5',
      DATABASE_POOL: '0',
      REDIS_URL: 'http://x',
      REDOUBT_WORKER_CONCURRENCY: '0',
      REDOUBT_COLOR: 'maybe',
    };
    expect(faultsOf(wrong).sort()).toEqual(Object.keys(wrong).sort());
  });

  it.each([
    [{ S3_ENDPOINT: 'https://s3.example.org' }, ['S3_BUCKET']],
    [{ S3_ACCESS_KEY_ID: 'id', S3_BUCKET: 'files' }, ['S3_SECRET_ACCESS_KEY']],
    [{ S3_SECRET_ACCESS_KEY: 'secret', S3_BUCKET: 'files' }, ['S3_ACCESS_KEY_ID']],
    [{ S3_BUCKET: 'files' }, []],
    [
      {
        S3_BUCKET: 'files',
        S3_ENDPOINT: 'http://127.0.0.1:9000',
        S3_ACCESS_KEY_ID: 'a',
        S3_SECRET_ACCESS_KEY: 'b',
      },
      [],
    ],
  ])('misses what belongs together in %p', (env, missing) => {
    expect(faultsOf(env)).toEqual(missing);
  });

  it('never repeats a wrong value, which may be a secret', () => {
    const secret = 'hunter2-hunter2';
    const env = Object.fromEntries(describeSettings().map(({ name }) => [name, `!${secret}`]));
    delete env.REDOUBT_DATA_DIR;
    expect(() => loadSettings(env)).toThrow(SettingsError);
    try {
      loadSettings(env);
    } catch (error) {
      expect(String(error)).not.toContain(secret);
    }
  });

  it('reads a master key in hex and in base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(loadSettings({ REDOUBT_MASTER_KEY: key.toString('hex') }).REDOUBT_MASTER_KEY).toEqual(key);
    expect(loadSettings({ REDOUBT_MASTER_KEY: key.toString('base64') }).REDOUBT_MASTER_KEY).toEqual(key);
  });
});
