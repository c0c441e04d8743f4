import { isIP } from 'node:net';
import { bool, cleanEnv, EnvError, makeValidator, str } from 'envalid';
import {
  adminKey,
  collectorUrl,
  headerToken,
  httpUrl,
  mailAddress,
  masterKey,
  networkList,
  port,
  postgresUrl,
  publicUrl,
  redisUrl,
  restoredRoot,
  secondsList,
  smtpUrl,
  syslogUrl,
  wholeNumber,
} from './setting-validators.js';

/**
 * Every setting of a deployment, each with a sentence for its reader. Read once, at start.
 * An empty value counts as unset.
 */
const schema = {
  HOST: makeValidator((value) => {
    if (!isIP(value) && value !== 'localhost') throw new EnvError('an IP address to listen on, or localhost');
    return value;
  })({ default: '127.0.0.1', desc: 'Address to listen on.' }),
  PORT: port({ default: 8000, desc: 'Port to listen on; 0 takes a free one.' }),
  REDOUBT_DATA_DIR: str({
    default: './data',
    desc: 'Folder for the database, the master key and the first key.',
  }),
  REDOUBT_PUBLIC_URL: publicUrl({ default: undefined, desc: 'Address clients use, shown at the start.' }),
  REDOUBT_TRUST_PROXY: networkList({
    default: [],
    desc: 'Networks of proxies whose X-Forwarded-For is believed, comma-separated; none by default.',
  }),
  REDOUBT_EGRESS_ALLOW: networkList({
    default: [],
    desc: 'Private networks that requests made for users (tools, webhooks) may reach, comma-separated; public addresses alone by default.',
  }),
  REDOUBT_WEBHOOK_RETRY_SECONDS: secondsList({
    default: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
    desc: 'Seconds before each further attempt to deliver to a webhook, comma-separated.',
  }),
  REDOUBT_MASTER_KEY: masterKey({
    default: undefined,
    desc: 'Master key, 32 bytes in base64 or hex; kept in <data>/master-key when unset.',
  }),
  REDOUBT_ADMIN_KEY: adminKey({
    default: undefined,
    desc: "The first administrator's API key; made and kept in <data>/admin-key when unset.",
  }),
  REDOUBT_NEXT_MASTER_KEY: masterKey({
    default: undefined,
    desc: 'Master key that is to follow, known to every process before keys are rotated.',
  }),
  REDOUBT_EPHEMERAL_POOL: wholeNumber(
    1,
    100_000,
  )({ default: 64, desc: 'Ephemeral keys that are kept ready.' }),
  REDOUBT_EPHEMERAL_PER_MINUTE: wholeNumber(
    1,
    1_000_000,
  )({ default: 10, desc: 'Ephemeral keys a minute for one client, by address.' }),
  REDOUBT_LOGINS_PER_MINUTE: wholeNumber(
    1,
    1_000_000,
  )({ default: 3000, desc: 'Logins a minute for one client, by address, right or wrong.' }),
  REDOUBT_ACCOUNTS_PER_MINUTE: wholeNumber(
    1,
    1_000_000,
  )({
    default: 60,
    desc: 'Registrations and requests for a new password a minute for one client, by address.',
  }),
  REDOUBT_PASSWORD_POLICY: str({
    default: 'default',
    choices: ['default', 'strict'],
    desc: 'What project passwords must hold; strict asks for upper and lower case, a digit and a sign.',
  }),
  REDOUBT_UPLOAD_LIMIT: wholeNumber(
    1024,
    5 * 2 ** 30,
  )({ default: 50 * 2 ** 20, desc: 'Largest file, in bytes.' }),
  REDOUBT_UPLOAD_SECONDS: wholeNumber(
    1,
    86_400,
  )({ default: 900, desc: 'Longest time one upload or download may take, in seconds.' }),
  REDOUBT_STORAGE_QUOTA: wholeNumber(
    0,
    2 ** 50,
  )({ default: undefined, desc: 'Most bytes of files an organization may keep; none by default.' }),
  S3_ENDPOINT: httpUrl({
    default: undefined,
    desc: 'S3-compatible server of S3_BUCKET (https://…); Amazon S3 when unset.',
  }),
  S3_BUCKET: str({
    default: undefined,
    desc: 'Bucket for files, which must exist; they lie in the data folder when unset.',
  }),
  S3_REGION: str({ default: 'us-east-1', desc: 'Its region.' }),
  S3_ACCESS_KEY_ID: str({ default: undefined, desc: 'Its access key; the AWS SDK finds one when unset.' }),
  S3_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'The secret of that key.' }),
  REDOUBT_CHECKPOINT_FILE: str({
    default: undefined,
    desc: 'File that always holds the newest checkpoint of the audit log too, on another disk or share; none by default.',
  }),
  REDOUBT_AUDIT_SYSLOG: syslogUrl({
    default: undefined,
    desc: 'Syslog collector that the audit log is sent to (tls://…, tcp://… or udp://…); none by default.',
  }),
  REDOUBT_AUDIT_HTTP: collectorUrl({
    default: undefined,
    desc: 'HTTP collector that the audit log is sent to, as JSON Lines by POST (https://…); none by default.',
  }),
  REDOUBT_AUDIT_HTTP_TOKEN: headerToken({
    default: undefined,
    desc: 'Token that it is sent with, as Authorization: Bearer.',
  }),
  REDOUBT_ACCEPT_RESTORED: restoredRoot({
    default: undefined,
    desc: 'Start with a database that was restored from an older copy: what the refused start says, of this one case.',
  }),
  REDOUBT_REQUEST_SECONDS: wholeNumber(
    1,
    3600,
  )({ default: 60, desc: 'Longest time one request may take, in seconds.' }),
  REDOUBT_BODY_LIMIT: wholeNumber(
    1024,
    2 ** 30,
  )({
    default: 1024 * 1024,
    desc: 'Largest body of an ordinary request, in bytes.',
  }),
  REDOUBT_LOG_LEVEL: str({
    default: 'info',
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    desc: 'Least severity that is logged.',
  }),
  REDOUBT_METRICS_PORT: wholeNumber(
    1,
    65535,
  )({
    default: undefined,
    desc: 'Port on which the API process serves /metrics and /livez without a key; none by default.',
  }),
  REDOUBT_WORKER_METRICS_PORT: wholeNumber(
    1,
    65535,
  )({ default: undefined, desc: 'The same for the worker process.' }),
  REDOUBT_COLOR: bool({ default: true, desc: 'Colours in the demo; NO_COLOR switches them off too.' }),
  DATABASE_URL: postgresUrl({
    default: undefined,
    desc: 'PostgreSQL server to use (postgres://…); an embedded one runs in the data folder when unset.',
  }),
  DATABASE_POOL: wholeNumber(2, 1000)({ default: 12, desc: 'Most database connections of one process.' }),
  REDIS_URL: redisUrl({
    default: undefined,
    desc: 'Redis server to use (redis://…); PostgreSQL does its work when unset.',
  }),
  SMTP_URL: smtpUrl({
    default: undefined,
    desc: 'Mail server for invitations and forgotten passwords (smtp://…); administrators hand out links when unset.',
  }),
  SMTP_FROM: mailAddress({ default: 'redoubt@localhost', desc: 'Address that its mail is from.' }),
  REDOUBT_WORKER_CONCURRENCY: wholeNumber(
    1,
    1000,
  )({ default: 4, desc: 'Most tasks that one worker process does at a time.' }),
  REDOUBT_DOCUMENT_PROCESSES: wholeNumber(
    1,
    1000,
  )({
    default: 2,
    desc: 'Most documents that one process handles at a time; each takes a process of up to 700 MB.',
  }),
  REDOUBT_NER_MODEL: str({
    default: undefined,
    desc: 'Folder of a model that finds names in accurate mode (model.onnx, tokenizer.json, config.json); none by default.',
  }),
  REDOUBT_NER_SECONDS: wholeNumber(
    1,
    3600,
  )({ default: 20, desc: 'Longest time that model may take for some 4 kB of text, in seconds.' }),
  REDOUBT_KNOWLEDGE_MEMORY: wholeNumber(
    16,
    1_000_000,
  )({
    default: 512,
    desc: 'Memory in MiB for the indexes of knowledge bases in each API process; those least lately searched are given up first.',
  }),
};

/** The settings of this process, by the name of their variable. */
export type Settings = Readonly<ReturnType<typeof parse>>;

/** One wrong setting: its variable and what is expected. Never holds the value, which may be a secret. */
export interface SettingFault {
  readonly name: string;
  readonly expected: string;
}

/** Thrown with every wrong setting at once. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    const lines = faults.map(({ name, expected }) => `  ${name}: expected ${expected}`);
    super(`Invalid settings. Correct these environment variables and start again:\n${lines.join('\n')}`);
    this.name = 'SettingsError';
  }
}

function parse(env: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const cleaned = cleanEnv(given, schema, {
    reporter: ({ errors }) => {
      const faults = Object.entries(errors).map(([name, error]) => ({
        name,
        expected: expectation(name, error),
      }));
      if (faults.length > 0) throw new SettingsError(faults);
    },
  });
  const faults = unmatched(cleaned);
  if (faults.length > 0) throw new SettingsError(faults);
  // envalid answers with a proxy that throws for every other property, which Nest's container asks for.
  return { ...cleaned };
}

/** Settings that mean nothing without another one. */
const PAIRS = [
  ['S3_ENDPOINT', 'S3_BUCKET', 'the name of a bucket on the server of S3_ENDPOINT'],
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'the secret of S3_ACCESS_KEY_ID'],
  ['S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID', 'the access key that S3_SECRET_ACCESS_KEY belongs to'],
  ['REDOUBT_AUDIT_HTTP_TOKEN', 'REDOUBT_AUDIT_HTTP', 'the collector that REDOUBT_AUDIT_HTTP_TOKEN is for'],
] as const;

const unmatched = (settings: Readonly<Record<(typeof PAIRS)[number][0 | 1], string | undefined>>) =>
  PAIRS.filter(([given, needed]) => settings[given] && !settings[needed]).map(([, name, expected]) => ({
    name,
    expected,
  }));

/** envalid's own validators quote the wrong value; ours say what is expected instead. */
function expectation(name: string, error: Error | undefined): string {
  if (name === 'REDOUBT_LOG_LEVEL') return 'one of fatal, error, warn, info, debug, silent';
  if (name === 'REDOUBT_PASSWORD_POLICY') return 'default or strict';
  if (name === 'REDOUBT_COLOR') return 'true or false';
  return error?.message ?? 'another value';
}

/**
 * Reads and checks all settings.
 * @throws SettingsError naming every wrong variable and what it expects
 */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  return parse(env);
}

/** Name and sentence of every setting, in the order of the documentation. */
export function describeSettings(): { name: string; description: string }[] {
  return Object.entries(schema).map(([name, spec]) => ({ name, description: spec.desc ?? '' }));
}
