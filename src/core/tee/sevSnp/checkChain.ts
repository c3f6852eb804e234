import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { pathCodes, type Path } from '../../x509/path.ts';
import type { AmdRoot } from './amdRoots.ts';
import type { Candidate } from './findPath.ts';
import { amdProducts, type AmdProduct } from './product.ts';

const spec = 'AMD 57230, chapter 3';

/** Whether the certificates lead from a trusted root to the key that signed. What is missing leaves it open; what is there and wrong fails it. */
export function checkChain(
  candidate: Candidate | undefined,
  path: Path | undefined,
  root: AmdRoot | undefined,
  product: AmdProduct | undefined,
  wanted: string,
): Check {
  if (!candidate) return openChain("The certificate of the processor's key is not there.", wanted);
  const above = `the certificates above it from ${chainAddresses(product)}`;
  if (!path)
    return openChain(`No certificate of its issuer ${candidate.leaf.issuer.text} is known or was given.`, above);
  const [first] = candidate.certificates;
  const subject = first?.subject.text ?? '';
  if (!candidate.whole) {
    // Without a root the path's own checks speak of a path that begins below it, which is judged as far as it goes.
    const reason = `No root of the name ${first?.issuer.text ?? ''} is known or was given.`;
    return all('TEE_CHAIN', [unknown('TEE_ROOT', { spec, params: { reason, wanted: above } }), ...path.checks], {
      spec,
    });
  }
  const rootCheck = root
    ? pass('TEE_ROOT', { spec, params: { subject, product: root.product, fingerprint: root.fingerprint } })
    : fail('TEE_ROOT', { spec, params: { subject, wanted: above } });
  return all('TEE_CHAIN', [rootCheck, ...path.checks], { spec });
}

function chainAddresses(product: AmdProduct | undefined): string {
  const candidates = product ? [product] : amdProducts;
  return candidates.map((candidate) => `https://kdsintf.amd.com/vcek/v1/${candidate}/cert_chain`).join(' or ');
}

function openChain(reason: string, wanted: string): Check {
  const params = { reason, wanted };
  const children = (['TEE_ROOT', ...pathCodes] as const).map((code) => unknown(code, { spec, params }));
  return all('TEE_CHAIN', children, { spec, params });
}
