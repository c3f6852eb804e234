import type { Certificate } from '../../x509/certificate.ts';
import type { TeeName } from './quote.ts';

/**
 * Where Intel publishes collateral (Intel PCS API v4). They are told to the person and never fetched: a page that fetched them would say to Intel who
 * judges what, and browsers may not (CORS).
 */
export interface Addresses {
  readonly tcbInfo: string;
  readonly qeIdentity: string;
  readonly pckCrl: string;
  readonly rootCrl: string;
}

const service = 'https://api.trustedservices.intel.com';

export function addressesFor(tee: TeeName, fmspc: string, pckIssuer: Certificate | undefined): Addresses {
  const base = `${service}/${tee.toLowerCase()}/certification/v4`;
  const authority = pckIssuer?.subject.text.includes('Platform CA') ? 'platform' : 'processor';
  return {
    tcbInfo: `${base}/tcb?fmspc=${fmspc}`,
    qeIdentity: `${base}/qe/identity`,
    pckCrl: `${service}/sgx/certification/v4/pckcrl?ca=${authority}&encoding=der`,
    rootCrl: 'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der',
  };
}

/** Intel's page about an advisory. */
export function advisoryAddress(id: string): string {
  return `https://www.intel.com/content/www/us/en/security-center/advisory/${encodeURIComponent(id.toLowerCase())}.html`;
}
