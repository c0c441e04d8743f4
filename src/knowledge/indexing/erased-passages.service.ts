import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { decodeTime } from 'ulid';
import { blankedText } from '../../platform/erasure/erased-text.js';
import { ErasedValues } from '../../platform/erasure/erased-values.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import type { IndexedDocument } from '../documents/knowledge-document.js';
import { type ReadableText, replaceStretches } from './readable-text.js';

/** When an identifier was made. */
const madeAt = (id: string): Date => new Date(decodeTime(id.slice(id.indexOf('_') + 1).toUpperCase()));

/** Keeps a file that is read anew from bringing back what was erased since it was uploaded. */
@Injectable()
export class ErasedPassages {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  async blank({ organizationId, documentId }: IndexedDocument, content: ReadableText): Promise<ReadableText> {
    const db = this.dataSource.manager;
    let left = content;
    for (const erased of findProviders(this.discovery, ErasedValues))
      for (const value of await erased.since(organizationId, madeAt(documentId), db)) {
        const passages = (await value.passages(left.text)).map(({ start, end }) => ({
          ...{ start, end },
          text: blankedText(left.text.slice(start, end), [{ start: 0, end: end - start }]),
        }));
        if (passages.length > 0) left = replaceStretches(left, passages);
        if (left.title !== null && (await value.passages(left.title)).length > 0)
          left = { ...left, title: null };
      }
    return left;
  }
}
