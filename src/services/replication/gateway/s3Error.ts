import { escapeXml } from './xml.ts';

/** A refusal in S3's dialect. `message` is a sentence that says what to do. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toXml(resource: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${this.code}</Code><Message>${escapeXml(this.message)}</Message><Resource>${escapeXml(resource)}</Resource></Error>`;
  }
}

/** What the file system said, as the answer that a client can act on. */
export function toS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new S3Error(
        507,
        'InsufficientStorage',
        'The disk that holds this bucket is full. Nothing was stored; free some space and send the same request again.',
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new S3Error(
        500,
        'InternalError',
        `This bucket's folder cannot be written to (${code}). Nothing was stored.`,
      );
    case 'ENAMETOOLONG':
      return new S3Error(400, 'KeyTooLongError', 'A part of this key is longer than the file system takes.');
    default:
      return new S3Error(
        500,
        'InternalError',
        `The gateway failed: ${error instanceof Error ? error.message : String(error)}`,
      );
  }
}
