import {
  type Abi,
  type AbiParameter,
  type Hex,
  decodeAbiParameters,
  encodeAbiParameters,
  keccak256,
  zeroHash,
} from 'viem';

/** A log of a contract, as proven against receipts or as a node tells it. */
export interface ContractLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
  /** Number of its block. */
  readonly block: number | bigint;
}

export interface RunningHash {
  /** How many logs were taken in, those before them counted as well: what slot 0 then holds. */
  readonly count: number;
  /** After the last of them: what slot 1 then holds. */
  readonly hash: Hex;
  /** Index of the first log that is no event of the contract or carries another running hash; what stands after it was not taken in. */
  readonly brokenAt?: number;
}

/** What an event carries beside its topics. */
interface Carried {
  readonly inputs: readonly AbiParameter[];
  /** Whether each is a single word. */
  readonly areWords: boolean;
}

const start: RunningHash = { count: 0, hash: zeroHash };
const word = { type: 'bytes32' } as const;

/**
 * What follows the running hash of a contract through its logs, in their order on the ledger: all of them, from the contract's first or from where `from` left off.
 * Whoever leaves one out, adds, swaps or changes one gets another hash than the contract keeps.
 *   running(n) = keccak256(running(n−1) ‖ keccak256(abi.encode(topic 0, arguments in declared order but running, block number)))
 * For contracts all of whose events have what is indexed first, in single words, and `running` last.
 */
export function runningHashOf(
  abi: Abi,
  topics: Readonly<Record<string, Hex>>,
): (logs: readonly ContractLog[], from?: RunningHash) => RunningHash {
  const carried = new Map<string, Carried>(
    abi.flatMap((item): [string, Carried][] => {
      const topic = item.type === 'event' ? topics[item.name] : undefined;
      if (item.type !== 'event' || topic === undefined) return [];
      const inputs = item.inputs.filter(({ indexed }) => !indexed).map(asBytes);
      return [[topic, { inputs, areWords: inputs.every(({ type }) => isWord(type)) }]];
    }),
  );
  return (logs, from = start) => {
    let { count, hash } = from;
    for (const [index, log] of logs.entries()) {
      const step = contentOf(log, carried);
      const next = step && keccak256(`${hash}${step.content.slice(2)}`);
      if (!step || next !== step.running) return { count, hash, brokenAt: index };
      hash = step.running;
      count += 1;
    }
    return { count, hash };
  };
}

/**
 * A string is taken as bytes, which the ABI encodes alike: contracts do not look into text, and bytes that are not UTF-8 would come back as others.
 */
function asBytes(parameter: AbiParameter): AbiParameter {
  if ('components' in parameter) return { type: parameter.type, components: parameter.components.map(asBytes) };
  return { type: parameter.type === 'string' ? 'bytes' : parameter.type };
}

/** Types that the ABI encodes in one word. */
function isWord(type: string): boolean {
  return /^(u?int\d*|address|bool|bytes\d+)$/.test(type);
}

/** The digest that one event adds, and the running hash that it says results. Undefined where it is no event of the contract. */
function contentOf(
  { topics, data, block }: ContractLog,
  carried: ReadonlyMap<string, Carried>,
): { content: Hex; running: Hex } | undefined {
  const { inputs, areWords } = carried.get(topics[0] ?? '') ?? {};
  if (!inputs) return undefined;
  if (areWords) {
    // Of single words alone, as most events are, the bytes are there already; what the ABI would not have written has another digest.
    if (data.length !== 2 + 64 * inputs.length || !topics.every((topic) => topic.length === 66)) return undefined;
    const words = topics.map((topic) => topic.slice(2)).join('');
    const content = keccak256(`0x${words}${data.slice(2, -64)}${BigInt(block).toString(16).padStart(64, '0')}`);
    return { content, running: `0x${data.slice(-64)}` };
  }
  try {
    const values = decodeAbiParameters(inputs, data) as unknown[];
    // Indexed values are single words and declared first, so the topics are already as the ABI encodes them.
    const types = [...topics.map(() => word), ...inputs.slice(0, -1), { type: 'uint256' }];
    const content = keccak256(encodeAbiParameters(types, [...topics, ...values.slice(0, -1), BigInt(block)]));
    return { content, running: values.at(-1) as Hex };
  } catch {
    return undefined;
  }
}
