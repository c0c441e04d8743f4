import type { UpstreamAnswer } from './upstream-client.service.js';

/** How long a model server may take to end an answer after its end. */
const END_MS = 500;

/** A model server that has said all it has to say gets a moment to end its answer, so that the connection serves again. */
export function releaseAnswer(answer: UpstreamAnswer): void {
  void released(answer);
}

async function released({ body, cancel }: UpstreamAnswer): Promise<void> {
  const timer = setTimeout(cancel, END_MS);
  try {
    const { done } = await body.next();
    if (!done) cancel();
  } catch {
    // What is wrong with it now concerns nobody.
  } finally {
    clearTimeout(timer);
  }
}
