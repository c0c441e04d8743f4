import { Circuit, MOST_FAULTS, PAUSE_MS } from './circuit.js';

const failing = (times = MOST_FAULTS, now = 0): Circuit => {
  const circuit = new Circuit();
  for (let i = 0; i < times; i++) {
    circuit.enter();
    circuit.failed('HTTP_503', now);
  }
  return circuit;
};

describe('a circuit', () => {
  it('passes a server over from its third fault in a row, for ten seconds', () => {
    expect(failing(MOST_FAULTS - 1).admits(0)).toBe(true);
    const circuit = failing();
    expect([0, PAUSE_MS - 1, PAUSE_MS].map((now) => circuit.admits(now))).toEqual([false, false, true]);
  });

  it('counts faults in a row alone: one whole answer ends the row', () => {
    const circuit = failing(MOST_FAULTS - 1);
    circuit.completed();
    circuit.failed('HTTP_503', 0);
    expect(circuit.admits(0)).toBe(true);
  });

  it('lets one request try it at a time, and opens anew when that fails', () => {
    const circuit = failing();
    circuit.enter();
    expect(circuit.admits(PAUSE_MS)).toBe(false);
    circuit.failed('ECONNREFUSED', PAUSE_MS);
    expect(circuit.admits(2 * PAUSE_MS - 1)).toBe(false);
    expect(circuit.admits(2 * PAUSE_MS)).toBe(true);
  });

  it('closes as soon as the trial is answered, while the answer still streams', () => {
    const circuit = failing();
    circuit.enter();
    circuit.answered();
    expect([circuit.isClosed, circuit.admits(PAUSE_MS)]).toEqual([true, true]);
  });

  it('opens again by one more fault when the answer of the trial breaks off', () => {
    const circuit = failing();
    circuit.enter();
    circuit.answered();
    circuit.failed('CUT', PAUSE_MS);
    expect(circuit.admits(PAUSE_MS)).toBe(false);
  });

  it('is free for the next trial when the client of one has left', () => {
    const circuit = failing();
    circuit.enter();
    circuit.left();
    expect(circuit.admits(PAUSE_MS)).toBe(true);
  });

  it('shows how the server does', () => {
    expect(new Circuit().health).toEqual({
      status: 'unknown',
      checkedAt: null,
      consecutiveFailures: 0,
      lastErrorCode: null,
    });
    expect(failing(1).health).toMatchObject({ status: 'healthy', lastErrorCode: 'HTTP_503' });
    const circuit = failing();
    expect(circuit.health).toMatchObject({ status: 'unhealthy', consecutiveFailures: MOST_FAULTS });
    circuit.completed();
    expect(circuit.health).toMatchObject({ status: 'healthy', consecutiveFailures: 0, lastErrorCode: null });
  });
});
