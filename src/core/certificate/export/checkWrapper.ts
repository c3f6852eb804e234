import type { JsonObject } from '../../bytes/json.ts';
import type { Context } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { contextSource } from '../../vc/contextSource.ts';
import { documentsBeside } from '../../vc/documentsBeside.ts';
import { findKey } from '../../vc/proof/findKey.ts';
import type { ProofKey } from '../../vc/proof/key.ts';
import { verify } from '../../vc/proof/verify.ts';
import { verifyProofs } from '../../vc/proof/verifyProofs.ts';
import { preAuthenticationEncoding, payloadType } from './statement.ts';
import { payloadOf, signatureOf, type WrapperForm } from './unwrap.ts';

/**
 * The signature of what stood around a certificate. A wrong one fails. One that holds says who exported: a DID that is pinned is known by name, any other is a remark, since
 * the certificate stands by itself. One whose key is nowhere to be had stays open.
 */
export async function checkWrapper(form: WrapperForm, document: JsonObject, context: Context): Promise<Check> {
  const at = context.givenTime ?? context.now;
  const keys = { trust: context.trust, beside: documentsBeside(context.companions), at, signal: context.signal };
  return form === 'vc' ? checkCredential(document, keys, context) : checkEnvelope(document, keys);
}

type Keys = Pick<Context, 'trust'> & {
  readonly beside: readonly JsonObject[];
  readonly at: number;
  readonly signal: AbortSignal | undefined;
};

async function checkCredential(document: JsonObject, keys: Keys, context: Context): Promise<Check> {
  const code = 'CERTIFICATE_CREDENTIAL';
  const spec =
    'Verifiable Credential Data Integrity 1.0 §4; Data Integrity ECDSA Cryptosuites 1.0 §3.3 (ecdsa-jcs-2019)';
  const [proof] = await verifyProofs(document, { ...keys, source: contextSource(context, []) });
  const issuer = String(document['issuer']);
  if (!proof || proof.suite !== 'ecdsa-jcs-2019') {
    return fail(code, { spec, params: { signer: issuer, reason: 'Its suite is not ecdsa-jcs-2019.' } });
  }
  const { signature, key } = proof;
  if (signature.status !== 'pass') {
    const params = { signer: issuer, reason: String(signature.params?.['reason'] ?? '') };
    return (signature.status === 'fail' ? fail : unknown)(code, { spec, params });
  }
  return said(code, spec, issuer, key?.origin === 'pinned');
}

async function checkEnvelope(document: JsonObject, keys: Keys): Promise<Check> {
  const code = 'CERTIFICATE_ENVELOPE';
  const spec = 'DSSE 1.0; in-toto Statement v1';
  const { keyid, sig } = signatureOf(document);
  const [signer = ''] = keyid.split('#', 1);
  const found = findKey(keyid, 'assertionMethod', keys.at, keys);
  const params = { signer: signer.slice(0, 300) };
  if (!('key' in found)) {
    return (found.missing ? unknown : fail)(code, { spec, params: { ...params, reason: found.reason } });
  }
  if (found.key.curve !== 'P-256' || !(await holds(found.key, document, sig))) {
    return fail(code, {
      spec,
      params: { ...params, reason: 'What it was made over is not this, or another key made it.' },
    });
  }
  return said(code, spec, signer, found.origin === 'pinned');
}

async function holds(key: ProofKey, document: JsonObject, sig: Uint8Array): Promise<boolean> {
  try {
    return await verify(key, preAuthenticationEncoding(payloadType, payloadOf(document)), sig);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

function said(code: 'CERTIFICATE_CREDENTIAL' | 'CERTIFICATE_ENVELOPE', spec: string, signer: string, known: boolean) {
  const params = { signer };
  return pass(code, { spec, params, ...(known ? {} : { notes: [{ code: 'CERTIFICATE_EXPORTER' as const, params }] }) });
}
