import { curlExample } from '../curl-example.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';

/** Where the demo's server is, and how to get in. */
export interface DemoAccess {
  readonly url: string;
  readonly key: string;
  readonly folder: string;
}

/** How to go on. The curl stands at the left edge and without colour, to be pasted as it is. */
export function closingLines({ url, key, folder }: DemoAccess, palette: Palette): string[] {
  return [
    heading('Your turn', palette),
    '  Redoubt keeps serving. Try every operation in the browser:',
    '',
    `  Documentation  ${palette.bold(`${url}/docs`)}`,
    `  Key            ${palette.bold(key)}`,
    '',
    '  Or paste this into another terminal:',
    '',
    ...curlExample(url, key, 'Ring John Smith on 555-123-4567, SSN 123-45-6789'),
    '',
    '  "npm start" serves for good and keeps its data in ./data. All else of the demo',
    '  is removed when it ends; until then it lies in',
    `  ${folder}`,
    '',
    palette.bold('Ctrl-C stops it.'),
  ];
}
