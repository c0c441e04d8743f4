/** What the rate headers of an answer say; throws when one is missing or not of its form. */
export function rateHeadersOf(headers: Headers) {
  const read = (name: string, form: RegExp): string => {
    const value = headers.get(name) ?? '';
    if (!form.test(value)) throw new Error(`${name}: "${value}"`);
    return value;
  };
  const policy = read(
    'ratelimit-policy',
    /^"\w+";q=\d+(?:;w=\d+|;qu="concurrent-requests")(?:, "\w+";q=\d+(?:;w=\d+|;qu="concurrent-requests"))*$/,
  );
  const state = read('ratelimit', /^"\w+";r=\d+(?:;t=\d+)?$/);
  return {
    limit: Number(read('x-ratelimit-limit', /^\d+$/)),
    remaining: Number(read('x-ratelimit-remaining', /^\d+$/)),
    /** Seconds from now. */
    resetsIn: Number(read('x-ratelimit-reset', /^\d{10}$/)) - Date.now() / 1_000,
    policy,
    state,
  };
}
