import { fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import type { Status } from '../../verdict/status.ts';
import { advisoryAddress, type Addresses } from './addresses.ts';
import type { TcbResult } from './tcbLevel.ts';
import type { TcbWord } from './tcbInfo.ts';

/**
 * What each of Intel's words means for the verdict. The person reads Intel's word in every case; the line is drawn at what a verifier can know:
 * hardening of software is part of the measured code, which is pinned; how a platform is configured nobody outside of it sees.
 */
export const tcbOutcomes: Readonly<Record<TcbWord, { readonly status: Status; readonly meaning: string }>> = {
  UpToDate: { status: 'pass', meaning: 'Every part is at the level that Intel asks for.' },
  SWHardeningNeeded: {
    status: 'pass',
    meaning:
      'Every part is at the level that Intel asks for, but the code itself has to be hardened against the advisories listed.',
  },
  ConfigurationNeeded: {
    status: 'unknown',
    meaning: 'Whether the platform is safe depends on its configuration, which the quote does not show.',
  },
  ConfigurationAndSWHardeningNeeded: {
    status: 'unknown',
    meaning:
      'Whether the platform is safe depends on its configuration, which the quote does not show, and the code has to be hardened.',
  },
  OutOfDate: { status: 'fail', meaning: 'A part is older than Intel asks for, with known faults.' },
  OutOfDateConfigurationNeeded: {
    status: 'fail',
    meaning: 'A part is older than Intel asks for, with known faults, and the configuration counts as well.',
  },
  Revoked: { status: 'fail', meaning: 'Intel has withdrawn its trust in such platforms.' },
};

const spec = 'Intel PCS API v4, "TCB Status"; Intel QVL 4.1.2.4.17';
const maximumAdvisories = 64;

/** `DCAP_TCB`: Intel's word at the judged time. `open` says why what was given decides nothing: it is missing, forged or of another time. */
export function checkTcb(result: TcbResult | undefined, open: string | undefined, addresses: Addresses): Check {
  const { tcbInfo: address } = addresses;
  if (!result)
    return unknown('DCAP_TCB', { spec, params: { word: null, address, reason: open ?? 'It was not evaluated.' } });
  if ('reason' in result) {
    const details = {
      spec,
      params: { word: null, address, reason: open ? `${open} ${result.reason}` : result.reason },
    };
    return open ? unknown('DCAP_TCB', details) : fail('DCAP_TCB', details);
  }
  const { word, parts, advisories, date } = result;
  const outcome = Object.hasOwn(tcbOutcomes, word) ? tcbOutcomes[word as TcbWord] : undefined;
  const meaning = outcome?.meaning ?? 'This word is not known here.';
  const params = {
    word,
    platform: parts.platform,
    module: parts.module,
    qe: parts.qe,
    date,
    advisories: advisories.join(' ') || 'none',
    address,
    reason: open ? `${open} Its word is ${word}.` : `Intel’s word is ${word}. ${meaning}`,
  };
  const notes: Note[] = advisories
    .slice(0, maximumAdvisories)
    .map((id) => ({ code: 'DCAP_ADVISORY', params: { id, address: advisoryAddress(id) } }));
  const details = { spec, params, ...(notes.length > 0 && { notes }) };
  const status = open ? 'unknown' : (outcome?.status ?? 'unknown');
  return { pass, fail, unknown }[status]('DCAP_TCB', details);
}
