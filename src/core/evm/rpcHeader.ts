import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x } from './hex.ts';
import { decodeRlp, encodeRlp, type RlpItem } from './rlp.ts';
import { quantityBytes, sizedBytes, textMember } from './rpcValues.ts';

/** Fields of later forks in the order of their coming, and whether each is a number. */
const later = [
  ['baseFeePerGas', true],
  ['withdrawalsRoot', false],
  ['blobGasUsed', true],
  ['excessBlobGas', true],
  ['parentBeaconBlockRoot', false],
  ['requestsHash', false],
] as const;

const maximumExtra = 256 * 1024;

/**
 * A header's bytes out of a node's answer to `eth_getBlockByNumber`, in the shape of the fork that its members show. That they are right shows when they are
 * hashed: what a node leaves out, adds or alters gives another block.
 * @throws FormatError naming the member.
 */
export function headerFromRpc(block: JsonObject, form: 'ordinary' | 'aura' = 'ordinary'): Uint8Array {
  const hash = (member: string): Uint8Array => sizedBytes(block, member, 32);
  const count = (member: string): Uint8Array => quantityBytes(block[member], member);
  const extra = fromHex0x(textMember(block, 'extraData'));
  if (extra.length > maximumExtra)
    throw new FormatError(`Block: expected at most ${maximumExtra} bytes of extra data.`, 0);
  const items: RlpItem[] = [
    hash('parentHash'),
    hash('sha3Uncles'),
    sizedBytes(block, block['author'] !== undefined && form === 'aura' ? 'author' : 'miner', 20),
    hash('stateRoot'),
    hash('transactionsRoot'),
    hash('receiptsRoot'),
    sizedBytes(block, 'logsBloom', 256),
    count('difficulty'),
    count('number'),
    count('gasLimit'),
    count('gasUsed'),
    count('timestamp'),
    extra,
    ...(form === 'aura' ? auraSeal(block) : [hash('mixHash'), sizedBytes(block, 'nonce', 8)]),
  ];
  const last = later.findLastIndex(([member]) => isThere(block[member]));
  for (const [member, isNumber] of later.slice(0, last + 1)) {
    if (!isThere(block[member])) items.push(new Uint8Array());
    else items.push(isNumber ? count(member) : hash(member));
  }
  return encodeRlp(items);
}

/** OpenEthereum gives both as RLP in `sealFields`, Nethermind by name. */
function auraSeal(block: JsonObject): RlpItem[] {
  const fields = block['sealFields'];
  if (Array.isArray(fields) && fields.length === 2) {
    return fields.map((field) => decodeRlp(fromHex0x(typeof field === 'string' ? field : '')));
  }
  return [quantityBytes(block['step'], 'step'), sizedBytes(block, 'signature', 65)];
}

function isThere(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}
