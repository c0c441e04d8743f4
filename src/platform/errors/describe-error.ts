/**
 * An error as logs show it: names, codes and stack frames only. A message may quote a value, as PostgreSQL's and
 * V8's do.
 */
export function describeError(thrown: unknown): { name: string; code?: unknown; frames: string[] } {
  const error = thrown instanceof Error ? thrown : new Error('no error was thrown');
  const cause = error.cause instanceof Error ? error.cause : error;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in cause ? cause.code : undefined;
  return { name: cause.name, ...(code !== undefined && { code }), frames: frames.slice(0, 12) };
}
