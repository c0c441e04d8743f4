import { Alarm } from './alarm.js';

const elapsed = async (work: Promise<void>): Promise<number> => {
  const began = performance.now();
  await work;
  return performance.now() - began;
};

describe('Alarm', () => {
  it('waits as long as it is told', async () => {
    expect(await elapsed(new Alarm().wait(40))).toBeGreaterThanOrEqual(38);
  });

  it('wakes at a ring, and at once when it rang before', async () => {
    const alarm = new Alarm();
    const waiting = elapsed(alarm.wait(10_000));
    alarm.ring();
    expect(await waiting).toBeLessThan(5_000);
    alarm.ring();
    expect(await elapsed(alarm.wait(10_000))).toBeLessThan(5_000);
  });

  it('forgets a ring once it has woken', async () => {
    const alarm = new Alarm();
    alarm.ring();
    await alarm.wait(10_000);
    expect(await elapsed(alarm.wait(40))).toBeGreaterThanOrEqual(38);
  });
});
