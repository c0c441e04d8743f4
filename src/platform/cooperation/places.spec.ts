import { Places } from './places.js';

const never = new AbortController().signal;

describe('places', () => {
  it('are taken in the order they were asked for, and never by more than there are', async () => {
    const places = new Places(2);
    const order: string[] = [];
    const leaveFirst = await places.enter(never);
    const leaveSecond = await places.enter(never);
    const third = places.enter(never).then((leave) => {
      order.push('third');
      return leave;
    });
    const fourth = places.enter(never).then((leave) => {
      order.push('fourth');
      return leave;
    });
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    leaveFirst();
    (await third)();
    expect(order[0]).toBe('third');
    leaveSecond();
    (await fourth)();
    expect(order).toEqual(['third', 'fourth']);
  });

  it('are not kept for who has gone meanwhile', async () => {
    const places = new Places(1);
    const leave = await places.enter(never);
    const gone = new AbortController();
    const waiting = places.enter(gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(places.enter(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    leave();
    (await places.enter(never))();
  });
});
