import type { Settings } from '../platform/config/settings.js';
import { StartError } from '../platform/errors/start-error.js';

// Apart from serve.ts, which loads the whole application: the supervisor needs these and stays small.

/** Requests in flight get this long to end once a stop is ordered. */
export const GRACE_MS = 8_000;

/** A port that is taken, in words. */
export const portTaken = ({ HOST, PORT }: Settings): StartError =>
  new StartError(
    `Port ${PORT} on ${HOST} is taken. Stop what listens there, or choose another: PORT=8001 npm start`,
  );
