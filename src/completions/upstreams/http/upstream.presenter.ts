import type { UpstreamHealth } from '../circuit.js';
import type { StoredUpstream } from '../upstream.js';
import type { UpstreamCheck } from '../upstream-check.service.js';
import type { UpstreamFault } from '../upstream-fault.js';
import type { UpstreamCheckDto, UpstreamDto } from './upstream.dto.js';

/** All of it but its key. */
export const presentUpstream = (upstream: StoredUpstream, health: UpstreamHealth): UpstreamDto => ({
  id: upstream.id,
  name: upstream.name,
  base_url: upstream.baseUrl,
  has_api_key: upstream.keySealed !== null,
  private: upstream.isPrivate,
  enabled: upstream.isEnabled,
  priority: upstream.priority,
  models: upstream.models ? [...upstream.models] : null,
  first_byte_seconds: upstream.firstByteSeconds,
  idle_seconds: upstream.idleSeconds,
  total_seconds: upstream.totalSeconds,
  max_retries: upstream.maxRetries,
  health: {
    status: health.status,
    checked_at: health.checkedAt?.toISOString() ?? null,
    consecutive_failures: health.consecutiveFailures,
    last_error_code: health.lastErrorCode,
  },
  version: upstream.version,
  created_by: upstream.createdBy,
  created_at: upstream.createdAt.toISOString(),
  updated_at: upstream.updatedAt.toISOString(),
});

export const presentCheck = ({
  isReached,
  models,
  milliseconds,
  fault,
}: UpstreamCheck): UpstreamCheckDto => ({
  status: isReached ? 'ok' : 'failed',
  milliseconds,
  models: [...models],
  problem: fault ? { code: fault.code, message: adviceOn(fault) } : null,
});

const ADVICE: Readonly<Record<string, string>> = {
  HTTP_401: 'The model server does not accept the key. Set api_key.',
  HTTP_403: 'The model server does not let this key list models.',
  HTTP_404: 'The model server has no /models below base_url. Does base_url end in /v1?',
  HTTP_429: 'The model server takes no more requests right now.',
  NO_LIST: 'The model server answers, but not with a list of models. Does base_url end in /v1?',
  LIST_TOO_LARGE: 'The model server lists more models than can be read. Name those to be used in models.',
  ECONNREFUSED: 'Nothing listens at the address of base_url.',
  ENOTFOUND: 'The host of base_url has no address.',
  EAI_AGAIN: 'The host of base_url cannot be looked up right now.',
  CONNECT_TIMEOUT: 'There is no connection to the host of base_url.',
  UND_ERR_CONNECT_TIMEOUT: 'There is no connection to the host of base_url.',
  FIRST_BYTE_TIMEOUT: 'The model server takes the request, and does not answer.',
  TOTAL_TIMEOUT: 'The model server takes too long to list its models.',
};

function adviceOn({ code, kind }: UpstreamFault): string {
  const known = ADVICE[code];
  if (known) return known;
  if (/^HTTP_3/.test(code))
    return 'The model server redirects elsewhere, which is not followed. Set base_url to where it is.';
  if (/^HTTP_/.test(code)) return `The model server answers with status ${code.slice(5)}.`;
  if (/CERT|TLS|SSL/.test(code)) return `The certificate of the model server is not accepted (${code}).`;
  const what = kind === 'cut' ? 'The connection broke in the middle of the answer' : 'The connection fails';
  return `${what} (${code}).`;
}
