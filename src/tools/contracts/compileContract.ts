import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Abi, type AbiItem, type Hex, keccak256, toEventSelector, toFunctionSelector } from 'viem';

/** What the rest of the project knows of a contract, all of it made by the compiler. */
export interface CompiledContract {
  /** Without what only the compiler's user cares for (`internalType`). */
  readonly abi: Abi;
  /** What a transaction that creates the contract carries. */
  readonly bytecode: Hex;
  /** Keccak-256 of the code as it then lies on the ledger, as an account proof shows it. */
  readonly codeHash: Hex;
  /** What `codeHash` is the hash of. */
  readonly deployedCode: Hex;
  readonly selectors: Readonly<Record<string, Hex>>;
  readonly topics: Readonly<Record<string, Hex>>;
  /** Storage slots of the state variables. */
  readonly slots: Readonly<Record<string, number>>;
}

interface Solc {
  version(): string;
  compile(input: string): string;
}

/** The answer to `outputSelection` below (Solidity documentation, "Compiler Input and Output JSON Description"). */
interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly abi: Abi;
            readonly evm: {
              readonly bytecode: { readonly object: string };
              readonly deployedBytecode: { readonly object: string };
            };
            readonly storageLayout: {
              readonly storage: readonly { readonly label: string; readonly slot: string; readonly offset: number }[];
            };
          }
        >
      >
    >
  >;
}

const compiler = '0.8.37';
/** Compiles a contract of `src/contracts`, always to the same bytes: no metadata, no paths, nothing that depends on the machine. */
export function compileContract(name: string): CompiledContract {
  // The compiler is 9 MB of CommonJS: loaded by whoever compiles, not by whoever imports this file.
  const solc = createRequire(import.meta.url)('solc') as Solc;
  if (!solc.version().startsWith(`${compiler}+`))
    throw new Error(`solc ${compiler} is needed, found ${solc.version()}`);
  const file = `${name}.sol`;
  const own = name.slice(name.lastIndexOf('/') + 1);
  const content = readFileSync(new URL(`../../contracts/${file}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  const input = {
    language: 'Solidity',
    sources: { [file]: { content } },
    settings: {
      // The oldest that must run it: bloxberg has neither PUSH0 nor BASEFEE.
      evmVersion: 'istanbul',
      optimizer: { enabled: true, runs: 200 },
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: {
        [file]: { [own]: ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'storageLayout'] },
      },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const faults = (output.errors ?? []).filter(({ formattedMessage }) => !/older than london/.test(formattedMessage));
  if (faults.length > 0) throw new Error(faults.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const contract = output.contracts?.[file]?.[own];
  if (!contract) throw new Error(`${file} has no contract ${name}`);

  const abi = contract.abi.map((item) => plain(item) as AbiItem);
  return {
    abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    codeHash: keccak256(`0x${contract.evm.deployedBytecode.object}`),
    deployedCode: `0x${contract.evm.deployedBytecode.object}`,
    selectors: Object.fromEntries(
      abi.flatMap((item) => (item.type === 'function' ? [[item.name, toFunctionSelector(item)]] : [])),
    ),
    topics: Object.fromEntries(
      abi.flatMap((item) => (item.type === 'event' ? [[item.name, toEventSelector(item)]] : [])),
    ),
    slots: Object.fromEntries(contract.storageLayout.storage.map(({ label, slot }) => [label, Number(slot)])),
  };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'internalType' && key !== 'anonymous')
      .map(([key, inner]) => [key, plain(inner)]),
  );
}
