import type { Browser, Locator, Page } from 'playwright-core';
import {
  describeInBrowser,
  FOREIGN_HOST,
  launchBrowser,
  openWatched,
  type Watch,
} from '../support/browser.js';
import { type Call, Client } from '../support/client.js';
import { type Contract, type MediaType, type Operation, operationsOf } from '../support/contract.js';
import { fileForm } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(120_000);

/** Longest time in which a browser shows a whole contract. */
const RENDER_MS = 30_000;

interface Entry {
  readonly name: string;
  readonly url: string;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}

let redoubt: RedoubtProcess;

beforeAll(async () => {
  // Examples of two surfaces take an ephemeral key.
  redoubt = await RedoubtProcess.spawn({ REDOUBT_EPHEMERAL_POOL: '4' });
  await redoubt.ready();
});
afterAll(() => redoubt?.dispose());

/** What the page's selector offers, read from the page itself. */
async function selectorEntries(): Promise<Entry[]> {
  const html = await (await fetch(`${redoubt.url}/docs`)).text();
  const attribute = /data-contracts="([^"]+)"/.exec(html)?.[1] ?? '[]';
  return JSON.parse(attribute.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

const contractAt = async (url: string): Promise<Contract> =>
  (await (await fetch(redoubt.url + url)).json()) as Contract;

describe('the examples of the documentation', () => {
  const examplesOf = ({ example, examples }: MediaType): unknown[] => [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples ?? {}).map(({ value }) => value),
  ];

  /** What Try it out sends: the examples, or a form with the file that a person chose. */
  const callsOf = (type: string, body: MediaType, fileName: string, content: string): Call[] => {
    if (type === 'application/json') return examplesOf(body).map((json) => ({ json }));
    if (type === 'text/csv') return examplesOf(body).map((text) => plainCall(type, String(text)));
    return type === 'multipart/form-data' ? [{ form: fileForm(fileName, content) }] : [];
  };

  const plainCall = (type: string, raw: string): Call => ({ raw, headers: { 'content-type': type } });

  /** What a chosen file holds: of an operation that shows one, alone or in its form, that example. */
  const contentFor = ({ requestBody }: Operation): string => {
    const { file } = (requestBody?.content['multipart/form-data']?.example ?? {}) as { file?: unknown };
    return String(requestBody?.content['text/csv']?.example ?? file ?? 'Any text.');
  };

  const parametersOf = (contract: Contract, path: string, operation: Operation): Parameter[] => {
    const shared = (contract.paths[path] as { parameters?: Parameter[] } | undefined)?.parameters ?? [];
    return [...shared, ...((operation.parameters ?? []) as Parameter[])].map((parameter) => {
      const name = parameter.$ref?.split('/').pop() ?? '';
      return (contract.components.parameters?.[name] as Parameter | undefined) ?? parameter;
    });
  };

  /** The target that Try it out fills in. */
  const targetOf = (path: string, parameters: Parameter[]): string => {
    const query = new URLSearchParams();
    let target = path;
    for (const { name, in: place, example } of parameters) {
      if (example === undefined) continue;
      if (place === 'path') target = target.replace(`{${name}}`, encodeURIComponent(String(example)));
      if (place === 'query') query.set(name, String(example));
    }
    return query.size > 0 ? `${target}?${query}` : target;
  };

  /** Bodies whose examples, too, name what this server never had: secrets shown once, and ids. */
  const NAMING: Readonly<Record<string, number>> = {
    '/api/v1/auth/password/reset/confirm': 422,
    '/api/v1/invitations/accept': 404,
    '/api/v1/break-glass': 404,
    '/api/v1/variables': 404,
    '/api/variables/': 404,
  };

  /** A path parameter's example names something this server never had: then 404 is all it can say. */
  const accepted = (path: string, status: number): boolean =>
    (status >= 200 && status < 300) || (path.includes('{') && status === 404) || NAMING[path] === status;

  it('are accepted as they stand, and every body has one', async () => {
    const client = new Client(redoubt.url, redoubt.adminKey);
    const refused: string[] = [];
    let sent = 0;
    for (const { url } of await selectorEntries()) {
      const contract = await contractAt(url);
      for (const { path, method, operation } of operationsOf(contract)) {
        const target = targetOf(path, parametersOf(contract, path, operation));
        const media = Object.entries(operation.requestBody?.content ?? {});
        for (const [type, body] of media) {
          for (const call of callsOf(type, body, `${sent}.txt`, contentFor(operation))) {
            const { status, text } = await client.send(method.toUpperCase(), target, call);
            sent += 1;
            if (!accepted(path, status))
              refused.push(`${method} ${target} ${JSON.stringify(call.json)}: ${status} ${text}`);
          }
          if (callsOf(type, body, '', '').length === 0) refused.push(`${method} ${path}: no example`);
        }
        if (media.length > 0 || method !== 'get') continue;
        const { status, text } = await client.get(target);
        sent += 1;
        if (!accepted(path, status)) refused.push(`${method} ${target}: ${status} ${text}`);
      }
    }
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(20);
  });
});

describeInBrowser('the documentation page in a browser', () => {
  let browser: Browser;
  /** One visit, which most tests go on with in their order: to show a whole contract takes a browser seconds. */
  let page: Page;
  let watch: Watch;

  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, watch } = await openDocs());
  });
  afterAll(() => browser?.close());

  const openDocs = async (address = `${redoubt.url}/docs`): Promise<{ page: Page; watch: Watch }> => {
    const opened = await openWatched(browser, address);
    await opened.page.locator('.opblock').first().waitFor();
    return opened;
  };

  const operation = (page: Page, method: string, path: string): Locator =>
    page.locator(`.opblock-${method}`, { has: page.locator(`[data-path="${path}"]`) });

  /** The text as a person sees it. */
  async function seen(locator: Locator): Promise<string> {
    await locator.waitFor();
    return (await locator.allInnerTexts()).join('');
  }

  async function authorize(page: Page): Promise<void> {
    await page.locator('.auth-wrapper > .authorize').click();
    await page.locator('.auth-container input').fill(redoubt.adminKey);
    await page.locator('.auth-btn-wrapper .authorize').click();
    await page.locator('.auth-btn-wrapper .btn-done').click();
  }

  async function select(page: Page, url: string): Promise<void> {
    const loaded = page.waitForResponse((response) => response.url() === redoubt.url + url);
    await page.locator('#select').selectOption(url);
    await loaded;
    await page.locator('.info .link', { hasText: url }).waitFor();
  }

  /** Try it out and Execute with what the page filled in. */
  async function execute(
    page: Page,
    method: string,
    path: string,
  ): Promise<{ status: string; body: string }> {
    const block = operation(page, method, path);
    await block.locator('.opblock-summary-control').click();
    await block.locator('.try-out__btn').click();
    await block.locator('.execute').click();
    const live = block.locator('.live-responses-table .response').first();
    return {
      status: (await seen(live.locator('.response-col_status'))).trim(),
      body: await seen(live.locator('.response-col_description .highlight-code').first()),
    };
  }

  /** The page shows a contract bit by bit. Waits for as many operations, and not for ever. */
  async function rendered(page: Page, count: number): Promise<void> {
    for (const until = Date.now() + RENDER_MS; Date.now() < until; await page.waitForTimeout(50))
      if ((await page.locator('.opblock').count()) >= count) return;
  }

  /** Every operation of a contract that the page does not show. */
  async function missing(page: Page, contract: Contract): Promise<string[]> {
    const lacking: string[] = [];
    for (const { path, method } of operationsOf(contract)) {
      if (!(await operation(page, method, path).isVisible())) lacking.push(`${method} ${path}`);
    }
    return lacking;
  }

  it('shows every operation of every surface, with nothing to complain about and nothing from elsewhere', async () => {
    const entries = await selectorEntries();
    expect(entries.map(({ url }) => url)).toEqual(
      expect.arrayContaining([
        '/openapi.json',
        '/openapi/safekeylab.json',
        '/openapi/platform.json',
        '/openapi/keynest.json',
      ]),
    );
    expect(await page.locator('#select option').allInnerTexts()).toEqual(entries.map(({ name }) => name));
    for (const entry of [...entries].reverse()) {
      await select(page, entry.url);
      const contract = await contractAt(entry.url);
      await rendered(page, operationsOf(contract).length);
      expect(await missing(page, contract)).toEqual([]);
      expect(await page.locator('.opblock').count()).toBe(operationsOf(contract).length);
    }
    expect(watch.faults).toEqual([]);
    expect([...watch.hosts]).toEqual([new URL(redoubt.url).host]);
  });

  it('says what is missing when no key was given', async () => {
    const { status, body } = await execute(page, 'post', '/api/v1/detect');
    expect(status).toMatch(/^401/);
    expect(body).toContain('UNAUTHENTICATED');
    // The browser's own words on the refusal, and nothing else.
    for (const fault of watch.faults.splice(0)) expect(fault).toContain('401');
  });

  it('takes the key once, for every surface, keeps it in memory only, and calls the API with the examples as they stand', async () => {
    await authorize(page);
    const processed = await execute(page, 'post', '/api/v1/process');
    expect(processed.status).toBe('200');
    expect(processed.body).toContain('"processed_data": "My name is [PERSON_NAME], SSN [SSN_REDACTED]"');
    const kept = await page.evaluate(`(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href,
      await indexedDB.databases(), await caches.keys(),
    ]))()`);
    expect(JSON.stringify([kept, await page.context().storageState()])).not.toContain(redoubt.adminKey);
    expect(await page.context().cookies()).toEqual([]);
    await select(page, '/openapi/safekeylab.json');
    const detected = await execute(page, 'post', '/v1/detect');
    expect(detected.status).toBe('200');
    expect(detected.body).toContain('"text": "john@example.com"');
    expect(watch.faults).toEqual([]);
    expect([...watch.hosts]).toEqual([new URL(redoubt.url).host]);
  });

  it('is served with a policy that allows nothing inline, and the browser enforces it', async () => {
    const policy = (await fetch(`${redoubt.url}/docs`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    await page.evaluate(`
      document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = 1' }));
      document.body.append(Object.assign(new Image(), { src: 'http://outside.test/pixel.png' }));`);
    const violations = (): string[] => watch.faults.filter((fault) => fault.startsWith('policy: ')).sort();
    while (violations().length < 3) await page.waitForTimeout(20);
    expect(violations()).toEqual([
      'policy: img-src http://outside.test/pixel.png',
      'policy: script-src-elem inline',
      'policy: style-src-elem inline',
    ]);
    expect(await page.evaluate('window.injected')).toBeUndefined();
  });

  it('forgets the key when it is loaded again', async () => {
    await page.reload();
    await page.locator('.auth-wrapper > .authorize.unlocked').waitFor();
  });

  it('turns nowhere else under a name that is not localhost', async () => {
    const address = new URL('/docs', redoubt.url);
    address.hostname = FOREIGN_HOST;
    const { page, watch } = await openDocs(address.href);
    await page.locator('.information-container .info').waitFor();
    await page.waitForLoadState('networkidle');
    expect(watch.faults).toEqual([]);
    expect([...watch.hosts]).toEqual([address.host]);
  });

  it('names the scope and the audit event of an operation above its form', async () => {
    const { page } = await openDocs(`${redoubt.url}/docs#/Text/redaction.process`);
    const facts = page.locator('.opblock.is-open .redoubt-extensions');
    expect((await seen(facts)).replaceAll(/\s+/g, ' ')).toBe('Scope process Audit event text.processed');
    const form = await page.locator('.opblock.is-open .try-out__btn').boundingBox();
    expect((await facts.boundingBox())?.y).toBeLessThan(form?.y ?? 0);
  });
});
