import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EphemeralKeys } from '../../crypto/index.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { DocumentsService } from '../documents.service.js';
import { DownloadsService } from '../downloads.service.js';
import { MEDIA_TYPES } from '../formats/file-format.js';
import { contentDisposition } from './content-disposition.js';
import { presentFile } from './document.presenter.js';
import type { DownloadRequestDto, FileDto } from './file.dto.js';

/** Files as every surface offers them. */
@Injectable()
export class FileOperations {
  constructor(
    private readonly documents: DocumentsService,
    private readonly downloads: DownloadsService,
    private readonly ephemeralKeys: EphemeralKeys,
  ) {}

  async getFile(caller: Caller, id: string): Promise<FileDto> {
    return presentFile(await this.documents.getFile(caller, id));
  }

  /** Sets the headers of the answer and returns its body, whose length is known before it is sent. */
  async download(
    caller: Caller,
    id: string,
    request: DownloadRequestDto,
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    assertWhole(request);
    const { file, bytes } = await this.downloads.openFile(caller, id, () => this.passwordOf(request));
    void reply.headers({
      'content-type': MEDIA_TYPES[file.format],
      'content-length': file.size,
      'content-disposition': contentDisposition(file.name, request.stream ? 'inline' : 'attachment'),
      // What is shown in a browser must not act there in the name of this server.
      'content-security-policy': "default-src 'none'; sandbox",
    });
    return new StreamableFile(bytes);
  }

  /** The key is burnt even where the project has no password: it was sent to be used once. */
  private async passwordOf({ key_id, encrypted_password }: DownloadRequestDto): Promise<string | undefined> {
    if (key_id === undefined || encrypted_password === undefined) return undefined;
    const [password] = await this.ephemeralKeys.decrypt(key_id, [encrypted_password]);
    return password;
  }
}

function assertWhole({ key_id, encrypted_password }: DownloadRequestDto): void {
  if ((key_id === undefined) === (encrypted_password === undefined)) return;
  const missing = key_id === undefined ? 'key_id' : 'encrypted_password';
  const message = `The '${missing}' field is required: 'key_id' and 'encrypted_password' come together.`;
  throw invalidField(missing, 'required', message);
}
