import { StartError } from '../../platform/errors/start-error.js';
import type { DemoClient } from './demo-client.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';

const NOTE = 'Call Aisha Khan at 555-010-9931.';

/** A note whose names become tokens, and come back for those who may ask. @throws StartError when they do not */
export async function tokensPage(client: DemoClient, palette: Palette): Promise<string[]> {
  const { answer } = await client.process({ data: NOTE, method: 'tokenization' });
  const { data, restored } = await client.detokenize(answer.processed_data);
  if (data !== NOTE) throw new StartError('The demo ends: tokens did not give back what they stand for.');
  return [
    heading('A note that can be restored', palette),
    `  ${palette.faint('Method "tokenization": one person, one token, in this project only.')}`,
    '',
    `  ${palette.bold('Sent')}      ${NOTE}`,
    `  ${palette.bold('Kept')}      ${String(answer.processed_data)}`,
    `  ${palette.bold('Restored')}  ${String(data)}`,
    '',
    `  ${restored} tokens restored, for a key with the scope "detokenize", and audited.`,
    '',
  ];
}
