import { PatternDeadlineError, PatternMatchesError } from '../engine/custom-pattern.js';
import { EngineInputError, tooManyFindings } from '../engine/engine-error.js';
import { documentFailureOf } from './engine-failures.js';
import { loadHandler, REDACTABLE_FORMATS } from './handlers.js';

describe('handlers', () => {
  it.each(REDACTABLE_FORMATS.filter((format) => format !== 'pdf'))('are there for %s', async (format) => {
    expect(await loadHandler(format)).toHaveProperty('redact');
  });

  it.each(['xlsx', 'pptx', 'html', 'eml', 'png', '', 'constructor'])(
    'are missing for "%s"',
    async (format) => {
      await expect(loadHandler(format)).rejects.toMatchObject({ code: 'FORMAT_NOT_REDACTABLE' });
    },
  );
});

describe('what the engine refuses', () => {
  it.each([
    [tooManyFindings(), 'DOCUMENT_TOO_LARGE'],
    [new EngineInputError('TOO_DEEP', ''), 'DOCUMENT_TOO_COMPLEX'],
    [new EngineInputError('INVALID_JSON', ''), 'DOCUMENT_INVALID'],
    [new EngineInputError('INVALID_CSV', ''), 'DOCUMENT_INVALID'],
    [new PatternDeadlineError('P'), 'PATTERN_TOO_COSTLY'],
    [new PatternMatchesError('P'), 'PATTERN_TOO_COSTLY'],
  ])('is said of the document: %s', (error, code) => {
    expect(documentFailureOf(error)).toMatchObject({ name: 'DocumentFailure', code });
  });

  it('is nothing else', () => {
    const error = new RangeError('x');
    expect(documentFailureOf(error)).toBe(error);
  });
});
