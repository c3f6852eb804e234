import { AuditorError } from '../../core/verdict/auditorError.ts';

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and start again',
  EDQUOT: "the user's disk quota is used up; free some space and start again",
  EROFS: 'the disk is read-only',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is something else of that name',
  EISDIR: 'it is a folder, not a file',
  EIO: 'the disk reported a fault',
  EADDRINUSE: 'the address is in use',
};

/** The system's own code of a fault, `ENOSPC` and the like, or undefined. */
export function faultCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * A fault of disk or network in words. An AuditorError comes back as it is.
 * @param what what was being done, e.g. `The state folder /x could not be made`
 */
export function ioFault(what: string, error: unknown): AuditorError {
  if (error instanceof AuditorError) return error;
  const code = faultCode(error);
  const reason = (code && words[code]) ?? (error instanceof Error ? error.message : String(error));
  return new AuditorError('source', code === undefined ? 'IO_FAULT' : `IO_${code}`, `${what}: ${reason}.`, {
    cause: error,
  });
}
