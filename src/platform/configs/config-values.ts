import { isIP } from 'node:net';
import type { Settings } from '../config/settings.js';

/** Who may make an account. */
export const REGISTRATIONS = ['open', 'invitation', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** Whether the instance is closed for work on it, what clients read then, and when they may come back. */
export interface MaintenanceConfig {
  readonly enabled: boolean;
  readonly message: string;
  /** Answered in `Retry-After`. */
  readonly retry_after_seconds: number;
}

/** Every configuration of the instance that its administrators change while it runs, by name. */
export interface ConfigValues {
  readonly maintenance: MaintenanceConfig;
  readonly registration: Registration;
  readonly smtp_url: string | null;
  /** Names of models that stand for another, one step: what a name stands for is no alias itself. */
  readonly model_aliases: Readonly<Record<string, string>>;
}

export type ConfigName = keyof ConfigValues;

interface ConfigDefinition {
  readonly type: 'object' | 'string';
  readonly description: string;
  /** Kept sealed, and never shown. */
  readonly secret?: true;
}

/** What there is to configure. */
export const CONFIGS = {
  maintenance: {
    type: 'object',
    description: 'While it is enabled, requests of others than administrators of the instance are refused.',
  },
  registration: { type: 'string', description: 'Who may make an account.' },
  smtp_url: {
    type: 'string',
    description: 'Server that mail is sent by, where SMTP_URL is unset.',
    secret: true,
  },
  model_aliases: { type: 'object', description: 'Names of models, and what they stand for.' },
} as const satisfies Record<ConfigName, ConfigDefinition>;

export const CONFIG_NAMES = Object.keys(CONFIGS) as ConfigName[];

const isSecret = (name: ConfigName): boolean => 'secret' in CONFIGS[name];

/** Names of values that are kept sealed. */
export const SECRET_CONFIGS: readonly ConfigName[] = CONFIG_NAMES.filter(isSecret);

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** What holds where nobody has said otherwise. Whoever can reach no more than this machine may let everybody in. */
export const defaultConfigs = ({ HOST }: Pick<Settings, 'HOST'>): ConfigValues => ({
  maintenance: {
    enabled: false,
    message: 'Redoubt is closed for maintenance. Come back when Retry-After says.',
    retry_after_seconds: 300,
  },
  registration: isLoopback(HOST) ? 'open' : 'invitation',
  smtp_url: null,
  // Clients that ask for what everybody asks for get an answer from a fresh start, and nothing leaves the house for it.
  model_aliases: { 'gpt-4': 'local-extractive' },
});
