import { sha3 } from '../../bytes/hash.ts';
import { toHex0x } from '../../evm/hex.ts';
import { affidavitType, type Content } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import { all, unknown, type Check } from '../../verdict/check.ts';
import type { Replayed } from '../replay.ts';
import type { NetworkDomain } from '../vote.ts';
import { judgeMembership } from './judgeMembership.ts';
import { parseMembership } from './membershipFile.ts';

const spec = 'src/core/network/membership/README';

/**
 * A proof of membership beside an audit of its network: judged against the request and the record that the audit has proved, and the criteria that lie beside.
 * @throws FormatError for a file that cannot be read
 */
export function checkMembership(
  content: Content,
  { model }: Replayed,
  domain: NetworkDomain,
  context: Context,
): { readonly check: Check; readonly labels: readonly string[] } {
  const text = content.text ?? '';
  const { requestId, register } = parseMembership(text);
  const params = { request: requestId, name: content.name, register };
  const request = model.requests.get(requestId);
  if (!request) {
    const reason = 'Nothing on this network names it.';
    return { check: unknown('NET_COMPANION', { spec, params: { ...params, reason } }), labels: [] };
  }
  const record = model.records.find((each) => each.requestId === requestId);
  const files = context.companions.filter((each) => affidavitType(each) === 'trust/1');
  const named = files.find(({ bytes }) => toHex0x(sha3(bytes)) === record?.criteria);
  const { vmId, measurements } = request;
  const { checks, labels } = judgeMembership(text, {
    request: { ...domain, requestId, vmId, measurements },
    record,
    criteria: (record ? named : files[0])?.text,
    keys: context.trust.zk?.keys,
  });
  return { check: all('NET_MEMBERSHIP', checks, { spec, params }), labels };
}
