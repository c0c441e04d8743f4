import { Injectable } from '@nestjs/common';
import type { Requester } from '../../platform/http/request-context.js';
import { EngineTypes, TextSearching } from '../../redaction/index.js';
import { type ReadableText, replaceStretches } from './readable-text.js';

/** Least confidence of what is removed where no policy says otherwise. */
const LEAST_CONFIDENCE = 0.85;

/** Removes personal data and the organization's secrets from a text before it is stored: each becomes the name of its type. */
@Injectable()
export class TextRedaction {
  constructor(private readonly searches: TextSearching.TextSearches) {}

  /**
   * @param requester for whom, which decides whose policy it is
   * @throws AppError NOT_FOUND, RESOURCE_ARCHIVED for the policy; INVALID_DATA, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED
   */
  async redact(
    requester: Requester,
    content: ReadableText,
    processorId: string | null,
    signal: AbortSignal,
  ): Promise<ReadableText> {
    const search = await this.searches.searchFor(requester, {
      confidenceThreshold: LEAST_CONFIDENCE,
      processorId: processorId ?? undefined,
      isSecretsOnly: false,
    });
    const fields = [{ value: { text: content.text, labels: [] } }];
    const { entities, spans } = await search.find(fields, new Map(), () => signal, 'document');
    const replacements = spans.map(({ start, end }, at) => ({
      ...{ start, end },
      text: `[${EngineTypes.publicName(entities[at]?.type ?? '')}]`,
    }));
    return replaceStretches(content, replacements);
  }
}
