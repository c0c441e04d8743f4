import { chunksOf } from './completions-client.js';
import { spansOfTokens } from './shield-page.js';
import { sideBySide } from './side-by-side.js';

const TOKEN = 'PERSON_NAME-7K3M9P2Q4R6S8TVW';

describe('texts beside each other', () => {
  it('are wrapped to half of the width each, and go on where the other ends', () => {
    const lines = sideBySide(
      { title: 'Saw', spans: spansOfTokens(`Tell ${TOKEN} that it is late.`) },
      { title: 'Got', spans: [{ text: 'Tell her.' }] },
      ({ text, type }) => (type === undefined ? text : text.toLowerCase()),
      43,
    );
    expect(lines).toEqual([
      'Saw                    Got',
      'Tell                   Tell her.',
      'person_name-7k3m9p2q',
      '4r6s8tvw that it is',
      'late.',
    ]);
  });
});

describe('tokens in a text', () => {
  it('are told from words around them', () => {
    expect(spansOfTokens(`Ask ${TOKEN}, not [VAULT_SECRET] or A-1.`)).toEqual([
      { text: 'Ask ' },
      { text: TOKEN, type: 'PERSON_NAME' },
      { text: ', not ' },
      { text: '[VAULT_SECRET]', type: 'VAULT_SECRET' },
      { text: ' or A-1.' },
    ]);
  });
});

describe('the events of an answer', () => {
  const event = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n';

  it('are read until their end, and are not an answer without one', () => {
    expect(chunksOf(`${event}${event}data: [DONE]\n\n`)).toHaveLength(2);
    expect(() => chunksOf(event)).toThrow('broke off');
  });
});
