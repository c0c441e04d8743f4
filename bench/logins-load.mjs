import { Agent, request } from 'node:http';

export const PASSWORD = 'violet umbrella at dawn';

/** The address of one of many clients, as a proxy would say it. */
export const addressOf = (number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

export const emailOf = (index) => `person${String(index).padStart(6, '0')}@example.org`;

/** Logs in at one server and measures how long the answer takes, in milliseconds. */
export class LoginClient {
  #agent;
  #url;

  constructor(url, sockets = Number.POSITIVE_INFINITY) {
    this.#url = new URL('/api/v1/auth/', url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  login(email, password, address) {
    return this.post('login', { email, password }, address);
  }

  register(index) {
    const [username] = emailOf(index).split('@');
    return this.post('register', { username, email: emailOf(index), password: PASSWORD }, '10.255.255.1');
  }

  post(path, json, address) {
    const body = JSON.stringify(json);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-forwarded-for': address,
    };
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#url),
        { method: 'POST', agent: this.#agent, headers },
        (answer) => {
          answer.resume();
          answer.once('end', () => {
            resolve({
              status: answer.statusCode,
              ms: performance.now() - started,
              retryAfter: answer.headers['retry-after'],
            });
          });
          answer.once('error', reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

/** Makes accounts 0 to `count` - 1. @throws Error when one is refused */
export async function registerPeople(client, count) {
  for (let index = 0; index < count; index += 1) {
    const { status } = await client.register(index);
    if (status !== 201) throw new Error(`registration ${index} was answered ${status}`);
  }
}
