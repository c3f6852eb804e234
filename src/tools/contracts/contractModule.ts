import type { CompiledContract } from './compileContract.ts';

/** The TypeScript file that hands a compiled contract to the rest of the project. The same contract always gives the same text. */
export function contractModule(name: string, { abi, bytecode, codeHash, selectors, topics, slots }: CompiledContract) {
  const prefix = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return `// Made by \`npm run contracts\` from ${name}.sol: do not edit. A test compiles again and compares.

// prettier-ignore
export const ${prefix}Abi = [
${abi.map((item) => `  ${literal(item)},\n`).join('')}] as const;

/** What a transaction that creates the contract carries. */
// prettier-ignore
export const ${prefix}Bytecode = '${bytecode}';

/** Keccak-256 of the code on the ledger, as an account proof shows it. */
export const ${prefix}CodeHash = '${codeHash}';

export const ${prefix}Selectors = ${record(selectors)} as const;

/** Topic 0 of each event. */
export const ${prefix}Topics = ${record(topics)} as const;

/** Storage slots of the state variables. */
export const ${prefix}Slots = ${record(slots)} as const;
`;
}

function record(values: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${literal(value)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}}`;
}

/** A literal as this project writes them: single quotes, bare keys. Nothing in an ABI needs an escape. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`);
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value}'` : String(value);
}
