import { toHex } from '../../bytes/hex.ts';
import { fromHex0x, type Hex } from '../../evm/hex.ts';
import { leafEncodings, metadataFromJson, traceTypes, type LeafEncoding, type TraceMetadata } from '../metadata.ts';
import { FormatError } from '../../verdict/auditorError.ts';

type Field = (typeof traceTypes.TraceMetadata)[number];

/** Metadata as the contract's interface takes and gives it. */
export type ContractMetadata = {
  readonly [F in Field as F['name']]: F['type'] extends 'bytes32' ? Hex : F['type'] extends 'uint64' ? bigint : number;
};

export function toContractMetadata(metadata: TraceMetadata): ContractMetadata {
  const fields = traceTypes.TraceMetadata.map(({ name, type }) => {
    const value = name === 'leafEncoding' ? leafEncodings[metadata.leafEncoding] : metadata[name];
    return [name, type === 'bytes32' ? `0x${value}` : type === 'uint64' ? BigInt(value) : value];
  });
  return Object.fromEntries(fields) as ContractMetadata;
}

/** What the contract has stored, as metadata. The contract does not judge every field: what no auditor could use is undefined. */
export function fromContractMetadata(held: ContractMetadata): TraceMetadata | undefined {
  const encodings = Object.entries(leafEncodings) as [LeafEncoding, number][];
  const fields = traceTypes.TraceMetadata.map(({ name, type }) => {
    const value = held[name];
    if (name === 'leafEncoding') return [name, encodings.find(([, number]) => number === value)?.[0] ?? ''];
    return [name, type === 'bytes32' ? toHex(fromHex0x(value as Hex)) : Number(value)];
  });
  try {
    return metadataFromJson(Object.fromEntries(fields));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
