import { contextWords } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isBase58CheckAddress, isSegwitAddress } from '../validators/crypto-address.js';

const BASE = { type: 'CRYPTO', recognizer: 'crypto-address' };
const CHECKED = { ...BASE, score: 1, rank: Rank.Checksum, validation: 'passed' } as const;
const BASE58: Rule = { ...CHECKED, rule: 'base58check' };
const SEGWIT: Rule = { ...CHECKED, rule: 'bech32' };
/** The checksum of Ethereum's addresses is optional (EIP-55), and hashes and contracts look alike. */
const ETHEREUM: Rule = {
  ...BASE,
  rule: 'ethereum',
  score: 0.2,
  rank: Rank.Pattern,
  context: contextWords('eth ethereum ether wallet usdt usdc erc20 metamask crypto'),
};

const BASE58_FORM = /^[13LMD79XT][1-9A-HJ-NP-Za-km-z]{25,34}$/;
const SEGWIT_FORM = /^(?:bc|tb|ltc)1[02-9ac-hj-np-z]{8,84}$/i;

/** Addresses of Bitcoin and its kin, whose checksums are four bytes or six characters long; Ethereum's beside a word for them. */
export function recognizeCryptoAddress(scan: Scan, start: number, end: number): void {
  if (!scan.wants('CRYPTO') || end - start > 90) return;
  const run = scan.text.slice(start, end);
  if (BASE58_FORM.test(run)) check(scan, BASE58, isBase58CheckAddress(run), start, end);
  else if (SEGWIT_FORM.test(run)) check(scan, SEGWIT, isSegwitAddress(run), start, end);
  else if (run.length === 42 && /^0x[0-9a-f]{40}$/i.test(run)) scan.report(ETHEREUM, start, end);
}

function check(scan: Scan, rule: Rule, passed: boolean, start: number, end: number): void {
  if (passed) scan.report(rule, start, end);
  else scan.reject(rule, start, end, 'checksum');
}
