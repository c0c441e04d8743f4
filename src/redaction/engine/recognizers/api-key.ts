import { isWord } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { type: 'API_KEY', recognizer: 'api-key', rank: Rank.Pattern, score: 0.9 };

interface KeyForm {
  readonly prefix: string;
  readonly form: RegExp;
  readonly rule: Rule;
}

function keyForm(issuer: string, prefix: string, form: RegExp): KeyForm {
  return { prefix, form, rule: { ...BASE, rule: issuer } };
}

/** Forms as the issuers document them for secret scanning; every repetition is bounded. */
const FORMS: readonly KeyForm[] = [
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((prefix) => keyForm('aws', prefix, /[A-Z0-9]{20}(?![A-Za-z0-9])/y)),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) =>
    keyForm('github', prefix, /gh._[A-Za-z0-9]{36,255}/y),
  ),
  keyForm('github', 'github_pat_', /github_pat_[A-Za-z0-9_]{22,255}/y),
  keyForm('slack', 'xox', /xox[abeoprs]-[A-Za-z0-9-]{10,250}/y),
  keyForm('slack', 'xapp-', /xapp-[A-Za-z0-9-]{10,250}/y),
  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map((prefix) =>
    keyForm('stripe-or-redoubt', prefix, /[rs]k_(?:live|test)_[A-Za-z0-9_-]{10,250}/y),
  ),
  keyForm('webhook-secret', 'whsec_', /whsec_[A-Za-z0-9+/=_-]{20,250}/y),
  keyForm('google', 'AIza', /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y),
  keyForm('google', 'ya29.', /ya29\.[A-Za-z0-9_.-]{20,512}/y),
  keyForm('google', 'GOCSPX-', /GOCSPX-[A-Za-z0-9_-]{28}/y),
  keyForm('openai-or-anthropic', 'sk-', /sk-(?:[a-z0-9]{2,12}-)?[A-Za-z0-9_-]{20,250}/y),
  keyForm('gitlab', 'glpat-', /glpat-[A-Za-z0-9_.-]{20,250}/y),
  ...['gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-'].map((prefix) =>
    keyForm('gitlab', prefix, /gl[a-z]{2,4}-[A-Za-z0-9_.-]{20,250}/y),
  ),
  keyForm('npm', 'npm_', /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y),
  keyForm('pypi', 'pypi-', /pypi-AgE[A-Za-z0-9_-]{40,250}/y),
  keyForm('sendgrid', 'SG.', /SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/y),
  keyForm('twilio', 'SK', /SK[0-9a-f]{32}(?![A-Za-z0-9])/y),
  keyForm('twilio', 'AC', /AC[0-9a-f]{32}(?![A-Za-z0-9])/y),
  keyForm('hugging-face', 'hf_', /hf_[A-Za-z0-9]{30,60}/y),
  ...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((prefix) =>
    keyForm('digitalocean', prefix, /do._v1_[a-f0-9]{64}/y),
  ),
  ...['shpat_', 'shpca_', 'shppa_', 'shpss_'].map((prefix) =>
    keyForm('shopify', prefix, /shp.{2}_[a-fA-F0-9]{32}/y),
  ),
  keyForm('mailgun', 'key-', /key-[0-9a-f]{32}(?![A-Za-z0-9])/y),
  keyForm('databricks', 'dapi', /dapi[0-9a-f]{32}(?![A-Za-z0-9])/y),
  keyForm('linear', 'lin_api_', /lin_api_[A-Za-z0-9]{32,64}/y),
  keyForm('postman', 'PMAK-', /PMAK-[A-Za-z0-9]{20,30}-[A-Za-z0-9]{30,40}/y),
  keyForm('vault', 'hvs.', /hvs\.[A-Za-z0-9_-]{20,250}/y),
  keyForm('age', 'AGE-SECRET-KEY-', /AGE-SECRET-KEY-1[A-Z0-9]{58}/y),
  keyForm('atlassian', 'ATATT3', /ATATT3[A-Za-z0-9_=-]{60,250}/y),
  keyForm('grafana', 'glsa_', /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/y),
  keyForm('supabase', 'sbp_', /sbp_[a-f0-9]{40}/y),
  keyForm('square', 'sq0', /sq0[a-z]{3}-[A-Za-z0-9_-]{22,43}/y),
  keyForm('new-relic', 'NRAK-', /NRAK-[A-Z0-9]{27}/y),
];

/** Forms by the code of their first character. */
const BY_FIRST: readonly (readonly KeyForm[] | undefined)[] = indexByFirst();

function indexByFirst(): (KeyForm[] | undefined)[] {
  const index: (KeyForm[] | undefined)[] = new Array(128).fill(undefined);
  for (const form of FORMS) {
    const first = form.prefix.charCodeAt(0);
    const forms = index[first] ?? [];
    forms.push(form);
    index[first] = forms;
  }
  return index;
}

/** A key with a well-known prefix that begins at `start`, the beginning of a word. */
export function recognizeApiKey(scan: Scan, start: number): void {
  const forms = BY_FIRST[scan.text.charCodeAt(start)];
  if (forms === undefined) return;
  for (const { prefix, form, rule } of forms) {
    if (!scan.text.startsWith(prefix, start)) continue;
    form.lastIndex = start;
    if (!form.test(scan.text)) continue;
    const end = withoutSentenceEnd(scan.text, form.lastIndex);
    if (looksRandom(scan.text.slice(start + prefix.length, end))) scan.report(rule, start, end);
    return;
  }
}

function withoutSentenceEnd(text: string, end: number): number {
  let stop = end;
  while (!isWord(text.charCodeAt(stop - 1)) && text.charCodeAt(stop - 1) !== 61) stop--;
  return stop;
}

/** Not `YOUR_API_KEY`, not `some-css-class-name`. */
function looksRandom(body: string): boolean {
  if (/^[A-Z_-]+$/.test(body) || /x{6}|\*{3}|\.{3}/i.test(body))
    return /[A-Z0-9]{20}/.test(body) && !/x{6}/i.test(body);
  return /\d/.test(body) || (/[a-z]/.test(body) && /[A-Z]/.test(body));
}
