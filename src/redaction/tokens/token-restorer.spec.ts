import { growthOf } from '../../platform/testing/processor-time.js';
import { runToEnd } from '../engine/cooperation.js';
import { JOINER } from './token-form.js';
import { type Resolution, Restorer } from './token-restorer.js';

const CODE = '7K3M9P2Q4R6S8TVW';
const LONGER = `${CODE}ABC0`;
const TOKEN = `PERSON_NAME-${CODE}`;
const ERASED = 'EMAIL-ERASED0ERASED000';
const TYPES = ['PERSON_NAME', 'EMAIL', 'PHONE', 'Ticket'];

const resolutions = new Map<string, Resolution>([
  [CODE, { type: 'PERSON_NAME', text: 'John Smith' }],
  [LONGER, { type: 'PERSON_NAME', text: 'Ada Lovelace' }],
  ['ERASED0ERASED000', { type: 'EMAIL', text: undefined }],
  ['0T1CKET0T1CKET00', { type: 'Ticket', text: 'AB-1' }],
]);

function outcome(text: string) {
  const restorer = new Restorer(resolutions, TYPES);
  const restored = runToEnd(restorer.restore(text));
  return {
    text: restored ?? text,
    restored: restorer.restored,
    left: restorer.left,
    listed: restorer.listed,
  };
}

describe('restoring', () => {
  it.each([
    [`Dear ${TOKEN}, hello`, 'Dear John Smith, hello'],
    [TOKEN.toLowerCase(), 'John Smith'],
    [`Person_Name-${CODE.toLowerCase()}`, 'John Smith'],
    [`${TOKEN} ${TOKEN}`, 'John Smith John Smith'],
    [`PERSON_NAME-${LONGER}`, 'Ada Lovelace'],
    [`«${TOKEN}»`, '«John Smith»'],
    [`é${TOKEN}é`, 'éJohn Smithé'],
    [`a-${TOKEN}-b`, 'a-John Smith-b'],
    [`my_${TOKEN}_2`, 'my_John Smith_2'],
    [`x${JOINER}${TOKEN}${JOINER}1`, 'xJohn Smith1'],
    [`${TOKEN}${JOINER}${TOKEN}`, 'John SmithJohn Smith'],
    [`${TOKEN}${JOINER}${JOINER}${JOINER}${TOKEN}`, `John Smith${JOINER}John Smith`],
    ['TICKET-0t1cket0t1cket00', 'AB-1'],
    [`${TOKEN}-${TOKEN}`, 'John Smith-John Smith'],
    [
      `${'x'.repeat(70_000)} ${TOKEN} ${'y'.repeat(70_000)}`,
      `${'x'.repeat(70_000)} John Smith ${'y'.repeat(70_000)}`,
    ],
  ])('puts the value in place in %.60s', (text, expected) => {
    expect(outcome(text)).toMatchObject({ text: expected, left: 0 });
  });

  it.each([
    [ERASED, 'erased', ERASED],
    [ERASED.toLowerCase(), 'erased', ERASED.toLowerCase()],
    [`PERSON_NAME-${CODE.slice(0, -1)}X`, 'unknown', undefined],
    [`EMAIL-${CODE}`, 'unknown', undefined],
    [`xPERSON_NAME-${CODE}`, undefined, undefined],
    [`XPERSON_NAME-${CODE}`, 'unknown', undefined],
    [`PERSON_NAME-${LONGER.slice(0, -1)}1`, 'unknown', undefined],
    [`PERSON_NAME-${CODE}A`, 'malformed', undefined],
    [`PERSON_NAME-${CODE}Jane`, 'unknown', undefined],
    [`PERSON_NAME-${CODE.slice(0, -1)}`, 'malformed', undefined],
    [`PERSON_NAME-${CODE.slice(0, 9)}`, 'malformed', undefined],
    [`PERSON_NAME-${CODE.replace('9', 'O')}`, 'malformed', undefined],
    [`PERSON_NAME–${CODE}`, 'malformed', undefined],
    [`PERSON_NAME_${CODE}`, 'malformed', undefined],
    [`PERSON_NAME ${CODE}`, 'malformed', undefined],
    [`see my_PERSON_NAME-${CODE}Z.`, 'malformed', `PERSON_NAME-${CODE}Z`],
    [`OTHER-${CODE.slice(0, -1)}X`, 'unknown', undefined],
  ])('leaves %s as %s', (text, reason, shown) => {
    const { text: left, restored, listed } = outcome(text);
    expect([left, restored]).toEqual([text, 0]);
    expect(listed).toEqual(reason === undefined ? [] : [{ token: shown ?? text, reason }]);
  });

  it.each([
    'Call PHONE 5551234567 or PHONE-5551234567',
    'EMAIL-marketing and PERSON_NAME-something',
    'commit d41d8cd98f00b204e9800998ecf8427e, md5-d41d8cd98f00b204e9800998ecf8427e',
    '550e8400-e29b-41d4-a716-446655440000',
    'well-internationalized, sha256-abcdef0123456789',
    '',
    '-',
    `-${CODE}`,
    CODE,
  ])('takes no notice of %s', (text) => {
    expect(outcome(text)).toEqual({ text, restored: 0, left: 0, listed: [] });
  });

  it('lists the first hundred that were left and counts all', () => {
    const text = Array.from(
      { length: 150 },
      (_, index) => `EMAIL-${String(index).padStart(3, '0')}9P2Q4R6S8TVW0`,
    ).join(' ');
    const { left, listed } = outcome(`${text} ${text}`);
    expect([left, listed.length]).toEqual([300, 100]);
    expect(new Set(listed.map(({ token }) => token)).size).toBe(100);
  });

  it('takes time in proportion to the text, whatever it holds', () => {
    const restore = (text: string) => (): void => {
      outcome(text);
    };
    const hostile = [
      `a_`,
      `${'_'.repeat(64)}-${CODE}`,
      `${TOKEN}${JOINER}`,
      'aaaaaaaa-',
      `EMAIL-${CODE.slice(1)}_`,
    ];
    for (const unit of hostile) {
      const of = (length: number) => restore(unit.repeat(Math.ceil(length / unit.length)));
      expect([unit, growthOf(of(100_000), of(1_000_000)) < 60]).toEqual([unit, true]);
    }
  });
});
