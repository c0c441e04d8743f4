// For health checks of containers: whether the process that listens on this machine's port answers /livez.
// The port is the first argument, else PORT, else 8000. Ends with 0 when it answers, else with 1.
const port = process.argv[2] ?? process.env.PORT ?? '8000';

try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
