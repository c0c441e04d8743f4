import { StartError } from '../../platform/errors/start-error.js';

/** Where the demo's server is, and with what it is called. */
export interface DemoTarget {
  readonly url: string;
  readonly key: string;
}

/**
 * Calls the running server the way any program does; what is no form is sent as JSON.
 * @throws StartError when there is no answer, or another status than wanted
 */
export async function demoCall(
  { url, key }: DemoTarget,
  method: string,
  path: string,
  wanted: number,
  body?: object,
): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'user-agent': 'redoubt-demo' };
  const json = { ...headers, 'content-type': 'application/json' };
  const sent = body instanceof FormData ? { headers, body } : { headers: json, body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(url + path, { method, ...(body ? sent : { headers }) });
  } catch {
    throw new StartError(`The demo ends: ${method} ${path} got no answer.`);
  }
  if (answer.status === wanted) return answer;
  throw new StartError(`The demo ends: ${method} ${path} answered ${answer.status}, not ${wanted}.`);
}
