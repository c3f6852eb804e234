import { describe, expect, it } from 'vitest';
import { AuditorError, FormatError } from './auditorError.ts';

describe('the two errors', () => {
  it('keep whose fault it is, the code, the words and the cause', () => {
    const cause = new Error('below');
    const error = new AuditorError('source', 'CHAIN_SOURCE', 'The bucket did not answer.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AuditorError',
      kind: 'source',
      code: 'CHAIN_SOURCE',
      message: 'The bucket did not answer.',
      cause,
    });
  });

  it('say where bytes go wrong', () => {
    expect(new FormatError('No.', 7)).toMatchObject({ name: 'FormatError', offset: 7, message: 'No.' });
    expect(new FormatError('No.', 7)).not.toBeInstanceOf(AuditorError);
  });
});
