import type { TimestampPin } from '../../core/trust/trust.ts';
import { openTimestampRule } from '../timestamp/timestampRule.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { SequencerProgramOptions } from './sequencerProgram.ts';

/**
 * The program's rule for timestamps: what auditors ask of a timestamp under this pin, no less, so that nothing is numbered that they
 * would have to call junk.
 * @throws AuditorError `usage` TIMESTAMP_PIN where a part of the pin is missing
 */
export async function checkTimestampUnder(pin: TimestampPin): Promise<SequencerProgramOptions['checkTimestamp']> {
  const rule = await openTimestampRule(pin);
  return async (jwt, blockHashHex) => {
    const result = await rule(jwt, blockHashHex);
    if (!result.ok) throw new Refusal(refusalCode(result.code), result.reason);
  };
}

function refusalCode(code: string): RefusalCode {
  if (code === 'JWT_FORM') return 'TIMESTAMP_FORM';
  return code.startsWith('JWT_') ? 'TIMESTAMP_SIGNATURE' : 'TIMESTAMP_CLAIM';
}
