import type { ServerFunction } from './server-tools.js';

/** What OpenAI's protocol lets a function be called. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Stands for a function that a model has called and nobody has offered: it is told so, and answers all the same. */
export const missingFunction = (name: string, offered: readonly string[]): ServerFunction => ({
  ...{ toolId: null, name: NAME.test(name) ? name : 'unknown', definition: {}, receives: 'values' },
  run: () => {
    const text = `Not called: there is no function of that name. There is: ${offered.join(', ')}.`;
    return Promise.resolve({ status: 'not_run', text, bytes: 0 });
  },
});
