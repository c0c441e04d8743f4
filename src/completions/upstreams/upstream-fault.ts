/**
 * What went wrong with a model server: no connection; a status that is no answer; the first byte, the next, or the last
 * one late; the answer broken off; or it was closed here, since administrators changed it.
 */
export type FaultKind = 'connection' | 'status' | 'first_byte' | 'idle' | 'total' | 'cut' | 'closed';

/** Names of errors of sockets, TLS and DNS; anything else could quote a value. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

/** A model server's fault. Holds a code, and nothing that was said. */
export class UpstreamFault extends Error {
  constructor(
    readonly kind: FaultKind,
    /** `HTTP_503`, `ECONNREFUSED`, `FIRST_BYTE_TIMEOUT`: shown to administrators. */
    readonly code: string,
  ) {
    super(`a model server's fault: ${code}`);
    this.name = 'UpstreamFault';
  }

  static status(status: number): UpstreamFault {
    return new UpstreamFault('status', `HTTP_${status}`);
  }

  /** Of an error that a client of HTTP has thrown. */
  static of(kind: FaultKind, error: unknown): UpstreamFault {
    return new UpstreamFault(kind, codeOf(error));
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && CODE.test(code) ? code : 'UNKNOWN';
}
