import fc from 'fast-check';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { entryOfRow, entryText } from './log-entry.js';

describe('canonical JSON', () => {
  it('is that of RFC 8785 §3.2.2', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false] }`);
    expect(canonicalJson(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(written.replace('"1"', '"a1"')))).toEqual([
      ...['\r', 'a1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'],
    ]);
  });

  it('is one text for one value, and read back is that value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value as JsonValue);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])('has no text for %p', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('the entry of a row', () => {
  it('is these bytes, today and in ten years', () => {
    const row = {
      ...{ id: 'audit_01', number: 7, organizationId: 'org_1', projectId: null, actorType: 'user' },
      ...{ actorId: 'user_1', userId: 'user_1', subjectUserId: null, action: 'project.created' },
      ...{ targetType: 'project', targetId: 'proj_1', requestId: 'req_1', counts: { b: 2, a: 1 } },
      ...{ createdAt: new Date(Date.UTC(2026, 2, 15, 10, 30)), sealedDigest: Buffer.alloc(2, 0xab) },
    };
    expect(entryText(entryOfRow(row))).toBe(
      '{"action":"project.created","actor_id":"user_1","actor_type":"user","counts":{"a":1,"b":2},"created_at":"2026-03-15T10:30:00.000Z","id":"audit_01","number":7,"organization_id":"org_1","project_id":null,"request_id":"req_1","sealed_sha256":"abab","subject_user_id":null,"target_id":"proj_1","target_type":"project","user_id":"user_1","v":1}',
    );
  });
});
