import { utf8 } from '../../core/bytes/bytes.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { bloxbergKind } from '../../core/vc/bloxberg/kind.ts';
import { text } from '../../core/vc/credential.ts';
import { walk } from '../../core/verdict/check.ts';
import { sentence } from '../../core/verdict/messages.ts';
import { badAnswer } from './certifyApi.ts';

/** What must hold of a fresh certificate before it is handed on; ledger and issuer show later. */
const needed = ['CERT_FORM', 'CERT_CONTEXT', 'CERT_HASH', 'CERT_MERKLE', 'CERT_ANCHOR', 'CERT_COVERAGE', 'CERT_CRID'];

/**
 * Judges what was issued: each certificate is about the digest that was asked for, hashes to its target, and its hash covers that digest.
 * @throws AuditorError BLOXBERG_ANSWER with the first thing that does not hold
 */
export async function checkIssued(
  certificates: readonly JsonObject[],
  digests: readonly string[],
  now: number,
): Promise<void> {
  for (const [index, certificate] of certificates.entries()) {
    const number = index + 1;
    if (text(certificate, 'crid')?.replace(/^0x/, '').toLowerCase() !== digests[index]) {
      throw badAnswer(`certificate ${number} is about another digest than was asked for`);
    }
    const content = readContent(`certificate ${number}`, utf8(JSON.stringify(certificate)));
    const report = await judge(content, { trust: {}, now, companions: [] }, [bloxbergKind]);
    const bad = [...walk(report.checks)].find(({ code, status }) => needed.includes(code) && status !== 'pass');
    if (bad || report.kind !== 'bloxberg') {
      const words = bad ? sentence(bad, bloxbergKind.messages) : 'It is no certificate of bloxberg';
      throw badAnswer(`certificate ${number} does not hold. ${words.replace(/\.$/, '')}`);
    }
  }
}
