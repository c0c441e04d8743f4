import fc from 'fast-check';
import { octetCounted, syslogMessage } from './syslog-message.js';
import { OctetCounts, parseSyslog } from './testing/parse-syslog.js';

const messages = fc.record({
  event: fc.string(),
  createdAt: fc.constant('2026-03-15T10:30:00.000Z'),
  fields: fc.dictionary(fc.constantFrom('id', 'leaf', 'counts'), fc.string({ unit: 'binary' })),
  text: fc.string({ unit: 'binary' }),
});

describe('syslogMessage', () => {
  it('is read by the grammar as what it was made of, whatever stands in it', () => {
    fc.assert(
      fc.property(messages, fc.string(), (message, host) => {
        const parsed = parseSyslog(syslogMessage(message, host).toString());
        expect(parsed).toMatchObject({ facility: 13, severity: 6, app: 'redoubt', process: '-' });
        expect([parsed.timestamp, parsed.fields]).toEqual([message.createdAt, { ...message.fields }]);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what lies outside of ASCII is the question
        const isAscii = /^[\x00-\x7f]*$/.test(message.text);
        expect([parsed.text, parsed.isMarked]).toEqual([message.text, !isAscii]);
      }),
    );
  });

  it('is found again in a stream of them, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 5 }), fc.integer({ min: 1, max: 90 }), (all, length) => {
        const sent = all.map((message) => syslogMessage(message, 'host'));
        const stream = Buffer.concat(sent.map(octetCounted));
        const counts = new OctetCounts();
        const found: string[] = [];
        for (let at = 0; at < stream.length; at += length)
          found.push(...counts.take(stream.subarray(at, at + length)));
        expect(found).toEqual(sent.map(String));
      }),
    );
  });
});
