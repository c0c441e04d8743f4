import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A fixed loopback port in front of a server whose own port changes with every start. */
export class TcpDoor {
  /** Port of the server right now; connections are refused while it is undefined. */
  target;
  #server = createServer((near) => this.#join(near));
  #open = new Set();

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.#server.address().port;
  }

  #join(near) {
    if (this.target === undefined) return void near.destroy();
    const far = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }

  async close() {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
