import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A name that is not a loopback address and yet leads to this machine, in this browser only. */
export const FOREIGN_HOST = 'redoubt.test';

/** As a person's browser, but without the calls Chromium makes on its own account. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${FOREIGN_HOST} 127.0.0.1`,
];

/** Where a program is: as given, or the first of its name on the PATH. @throws Error when there is none */
function executable(program: string): string {
  if (isAbsolute(program)) return program;
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error(`there is no ${program} on the PATH`);
  return found;
}

/** Starts the Chromium that CHROMIUM_PATH names, with a profile of its own that ends with it. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executable(process.env.CHROMIUM_PATH ?? 'chromium'), args: ARGUMENTS });

/** `describe` for tests that need a browser: without CHROMIUM_PATH left out aloud, but failing with CI=true. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (process.env.CHROMIUM_PATH || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  process.stderr.write(`LEFT OUT: ${name}. To run it: install Chromium and set CHROMIUM_PATH.\n`);
  // biome-ignore lint/suspicious/noSkippedTests: a machine without a browser says so in the output; CI never gets here
  describe.skip(name, tests);
}

/** All that a page did wrong, and where it turned. */
export interface Watch {
  /** Console warnings and errors, uncaught exceptions, failed and refused requests, violations of the page's policy. */
  readonly faults: string[];
  /** Hosts with port that were asked for anything. */
  readonly hosts: Set<string>;
}

/** A page in a context of its own, watched from before its first request. */
export async function openWatched(browser: Browser, url: string): Promise<{ page: Page; watch: Watch }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const faults: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:') hosts.add(host);
  });
  await page.exposeFunction('reportViolation', (violation: string) => faults.push(`policy: ${violation}`));
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    window.reportViolation(event.violatedDirective + ' ' + event.blockedURI));`);
  await page.goto(url);
  return { page, watch: { faults, hosts } };
}
