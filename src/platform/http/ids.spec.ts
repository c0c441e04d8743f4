import { newId, timeOfId } from './ids.js';

describe('the time of an identifier', () => {
  it('is when it was made', () => {
    const before = Date.now();
    const time = timeOfId('audit', newId('audit'))?.getTime() ?? 0;
    expect([time >= before, time <= Date.now()]).toEqual([true, true]);
  });

  it.each([
    ['another kind', newId('seg')],
    ['no identifier', 'audit_1'],
    ['a letter that none has', `audit_${'u'.repeat(26)}`],
    ['a time after the last', `audit_${'z'.repeat(26)}`],
  ])('is none for %s', (_, text) => {
    expect(timeOfId('audit', text)).toBeUndefined();
  });
});
