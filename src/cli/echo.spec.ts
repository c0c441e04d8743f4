import { StartError } from '../platform/errors/start-error.js';
import { readEchoOptions } from './echo.js';

describe('redoubt echo', () => {
  it('has a port of its own and no delay unless told', () => {
    expect(readEchoOptions([])).toEqual({ host: '127.0.0.1', port: 8900, wordsPerDelta: 1, delayMs: 0 });
    expect(readEchoOptions(['--port', '0', '--delay=20', '--words', '3', '--host', '::1'])).toEqual({
      host: '::1',
      port: 0,
      wordsPerDelta: 3,
      delayMs: 20,
    });
  });

  it.each([
    [['--port', 'x']],
    [['--port', '65536']],
    [['--words', '0']],
    [['--delay', '-1']],
    [['--speed', '1']],
    [['now']],
  ])('says what is wrong with %j', (args) => {
    expect(() => readEchoOptions(args)).toThrow(StartError);
    expect(() => readEchoOptions(args)).toThrow('redoubt echo [');
  });
});
