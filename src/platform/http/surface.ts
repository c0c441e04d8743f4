/** The API surfaces Redoubt answers on: one core and the documents whose clients it serves unchanged. */
export const SURFACES = ['core', 'openai', 'safekeylab', 'platform', 'sero', 'keynest'] as const;
export type Surface = (typeof SURFACES)[number];

export interface SurfaceRoute {
  readonly surface: Surface;
  /** The internal route: unreachable from outside, since every outside path is rewritten by {@link routeSurface}. */
  readonly route: string;
}

const ROOT =
  /^\/(?:livez|readyz|health|metrics|docs(?:\/.*)?|admin\/queues(?:\/.*)?|openapi\.(?:yaml|json)|openapi\/[a-z]+\.(?:yaml|json))$/;
const OPENAI = /^\/(?:api\/)?v1\/((?:chat\/completions|models)(?:\/.*)?)$/;
const SAFEKEYLAB = /^\/v1\/((?:process|detect|batch|audit-logs)\/?)$/;
const SERO = /^\/api\/((?:projects|projects\/[^/]+\/documents|files\/.+|crypto\/.+))$/;

/** Chat receipts and dry runs are the core's own, although they stand below `chat/completions`. */
const CORE_CHAT = /^\/api\/v1\/chat\/completions\/dry-run\/?$/;

/** Without its trailing slash, which no surface but the routing between SERO and KeyNest gives a meaning. */
const bare = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/** The scheme word of an Authorization header, lower-cased; `undefined` when there is none. */
export function authorizationScheme(header: string | undefined): string | undefined {
  return header?.trimStart().split(/\s/, 1)[0]?.toLowerCase() || undefined;
}

/**
 * The surface rule: decides from the path and the Authorization scheme alone which surface answers, and on
 * which internal route. Pure. Paths are case-sensitive and taken as sent, without percent-decoding, so that no
 * spelling of a path reaches an internal route directly.
 *
 * @param path the request's path, without query
 * @param scheme lower-cased Authorization scheme (`bearer`, `token`) or undefined
 */
export function routeSurface(path: string, scheme: string | undefined): SurfaceRoute {
  if (ROOT.test(bare(path)) && path !== '/health/') return { surface: 'core', route: `/_root${bare(path)}` };
  const openai = CORE_CHAT.test(path) ? null : OPENAI.exec(path);
  if (openai) return { surface: 'openai', route: `/_openai/${bare(openai[1] ?? '')}` };
  if (path === '/api/v1' || path.startsWith('/api/v1/'))
    return { surface: 'core', route: `/_core${bare(path.slice(7))}` };
  const safekeylab = SAFEKEYLAB.exec(path);
  if (safekeylab) return { surface: 'safekeylab', route: `/_safekeylab/${bare(safekeylab[1] ?? '')}` };
  if (path.startsWith('/v1/')) return { surface: 'platform', route: `/_platform${bare(path.slice(3))}` };
  const sero = scheme === 'token' ? null : SERO.exec(path);
  if (sero) return { surface: 'sero', route: `/_sero/${sero[1] ?? ''}` };
  if (path === '/health/') return { surface: 'keynest', route: '/_keynest/health' };
  if (path === '/api' || path === '/api/') return { surface: 'keynest', route: '/_keynest/api' };
  if (path.startsWith('/api/')) return { surface: 'keynest', route: `/_keynest/api${bare(path.slice(4))}` };
  return { surface: 'core', route: '/_none' };
}

/**
 * Whether requests of an internal route are counted: health, documentation and contracts never are. A wrong credential
 * on one of them is.
 */
export const isUncounted = (internal: string): boolean =>
  internal.startsWith('/_root/') || internal === '/_keynest/health';

const EXTERNAL_PREFIX: Readonly<Record<string, string>> = {
  _root: '',
  _core: '/api/v1',
  _openai: '/v1',
  _safekeylab: '/v1',
  _platform: '/v1',
  _sero: '/api',
  _keynest: '',
};

/** The surface that owns an internal route and the path clients use for it; undefined for no internal route. */
export function externalRoute(internal: string): { surface: Surface; path: string } | undefined {
  const [, prefix = '', rest = ''] = /^\/(_[a-z]+)(\/.*)?$/.exec(internal) ?? [];
  const external = EXTERNAL_PREFIX[prefix];
  if (external === undefined) return undefined;
  if (prefix === '_root') return { surface: 'core', path: rest };
  const surface = SURFACES.find((name) => `_${name}` === prefix);
  const slash = surface === 'keynest' ? '/' : '';
  return surface && { surface, path: `${external}${rest}${slash}` };
}
