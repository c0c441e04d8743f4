/**
 * Why there was no answer: `url`: no URL that is taken; `address`: it leads to where no request may go; `name`: its host
 * cannot be found; `connection`: nobody answers there, or not by HTTP; `timeout`: not in time.
 */
export type EgressFaultKind = 'url' | 'address' | 'name' | 'connection' | 'timeout';

const WORDS: Readonly<Record<EgressFaultKind, string>> = {
  url: 'Only http and https URLs without user and password can be asked.',
  address:
    'The host is or leads to an address that requests may not reach: private, local and reserved networks are closed. ' +
    'Whoever runs this server opens networks by REDOUBT_EGRESS_ALLOW.',
  name: 'The host cannot be found by its name.',
  connection: 'The server could not be reached, or broke off.',
  timeout: 'The server did not answer in time.',
};

/** A request that was refused or not answered. Its message says nothing of what was sent, and nothing that others wrote. */
export class EgressFault extends Error {
  override readonly name = 'EgressFault';

  constructor(readonly kind: EgressFaultKind) {
    super(WORDS[kind]);
  }
}
