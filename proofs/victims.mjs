import { recordedPostmaster } from '../bench/postmaster.mjs';
import { childRunning, familyOf } from './processes.mjs';

function postmasterOf(server) {
  const pid = recordedPostmaster(server.dataDir);
  if (pid === undefined) throw new Error(`no database server works in ${server.dataDir}`);
  return pid;
}

/**
 * What gets killed, in turn: pids to kill, and what the supervisor is expected to say when it survives; it must then
 * end all else, and itself with code 1.
 */
export const VICTIMS = [
  {
    name: 'everything',
    pids: (server) => [...familyOf(server.pid), ...familyOf(postmasterOf(server))],
  },
  {
    name: 'api',
    pids: (server) => [childRunning(server.pid, 'dist/main.js')],
    message: 'The api process ended. Stopping.',
  },
  {
    name: 'database',
    pids: (server) => [postmasterOf(server)],
    message: 'The database ended. Stopping.',
  },
  { name: 'supervisor', pids: (server) => [server.pid] },
];
