import { readFileSync } from 'node:fs';
import { keccak256 } from 'viem';
import { describe, expect, it } from 'vitest';
import * as generated from '../../contracts/proofOfExecution.ts';
import * as anchor from '../../contracts/traceAnchor.ts';
import * as network from '../../contracts/attestationNetwork.ts';
import { networkRules } from '../../core/network/rules.ts';
import { eventProofVerifierAbi } from '../../contracts/eventProofVerifier.ts';
import { traceTypes } from '../../core/trace/metadata.ts';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';

const path = new URL('../../contracts/proofOfExecution.ts', import.meta.url);
const anchorPath = new URL('../../contracts/traceAnchor.ts', import.meta.url);

describe('what the project knows of ProofOfExecution', () => {
  // Loading the compiler and compiling take about a second of processor time; a busy machine takes many times that.
  it('is what the compiler makes of the source, to the last byte', { timeout: 600_000 }, () => {
    const compiled = compileContract('ProofOfExecution');
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run `npm run contracts`').toBe(contractModule('ProofOfExecution', compiled));
    // And the text, read as code, holds the very values.
    expect(generated.proofOfExecutionAbi).toEqual(compiled.abi);
    expect(generated.proofOfExecutionCodeHash).toBe(compiled.codeHash);
    expect(generated.proofOfExecutionSlots).toEqual({ eventCount: 0, runningHash: 1, tasks: 2, offers: 3 });
  });

  it('has running last in every event, and what is indexed first', () => {
    const events = generated.proofOfExecutionAbi.filter((item) => item.type === 'event');
    expect(events).toHaveLength(11);
    for (const { inputs } of events) {
      const indexed = inputs.map((input) => input.indexed);
      expect(indexed).toEqual(indexed.toSorted((a, b) => Number(b) - Number(a)));
      expect(inputs.at(-1)).toEqual({ indexed: false, name: 'running', type: 'bytes32' });
    }
  });

  it('takes no ether, and has no function but those of the workflow that writes', () => {
    const writing = generated.proofOfExecutionAbi.flatMap((item) =>
      item.type === 'function' && (item.stateMutability as string) !== 'view' ? [item.name] : [],
    );
    const steps = 'advertise annotate approve cancel complete expire fail matchTask start submitTask withdraw';
    expect(writing.toSorted().join(' ')).toBe(steps);
    const mutable = generated.proofOfExecutionAbi.map((item) =>
      'stateMutability' in item ? item.stateMutability : '',
    );
    expect(new Set(mutable)).toEqual(new Set(['', 'view', 'nonpayable']));
    const types = generated.proofOfExecutionAbi.map(({ type }) => type as string);
    expect(types).not.toContain('fallback');
    expect(types).not.toContain('receive');
  });

  it('calls nobody, creates nothing and cannot be destroyed or replaced', () => {
    const { proofOfExecutionBytecode: bytecode, proofOfExecutionCodeHash: hash } = generated;
    const opcodes = new Set(opcodesOf(deployedCode(bytecode, hash)));
    // CREATE, CALL, CALLCODE, DELEGATECALL, CREATE2, STATICCALL, SELFDESTRUCT; and PUSH0, BASEFEE, which bloxberg has not.
    for (const forbidden of [0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xfa, 0xff, 0x5f, 0x48]) {
      expect(opcodes, forbidden.toString(16)).not.toContain(forbidden);
    }
    // A look that finds nothing must be able to find something: SSTORE and LOG4 are there.
    expect(opcodes).toContain(0x55);
    expect(opcodes).toContain(0xa4);
  });
});

describe('what the project knows of TraceAnchor', () => {
  it('is what the compiler makes of the source, to the last byte', { timeout: 600_000 }, () => {
    const compiled = compileContract('TraceAnchor');
    const text = readFileSync(anchorPath, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run `npm run contracts`').toBe(contractModule('TraceAnchor', compiled));
    expect(anchor.traceAnchorAbi).toEqual(compiled.abi);
    const slots = { eventCount: 0, runningHash: 1, machines: 2, keys: 3, anchors: 4, byCode: 5 };
    expect(anchor.traceAnchorSlots).toEqual(slots);
  });

  it('takes metadata in the order and the types that are signed', () => {
    const [tuple] = anchor.traceAnchorAbi.filter((item) => 'name' in item && item.name === 'idOf');
    const { components } = (tuple as { inputs: readonly { components: unknown }[] }).inputs[0] as {
      components: unknown;
    };
    expect(components).toEqual(traceTypes.TraceMetadata);
  });

  it('takes no ether, and writes keys and anchors alone, with running last in every event', () => {
    const functions = anchor.traceAnchorAbi.filter((item) => item.type === 'function');
    const writing = functions.filter(({ stateMutability }) => stateMutability === 'nonpayable').map(({ name }) => name);
    expect(writing.toSorted()).toEqual(['anchor', 'retireKey', 'setKey']);
    expect(new Set(functions.map(({ stateMutability }) => stateMutability))).toEqual(
      new Set(['nonpayable', 'view', 'pure']),
    );
    for (const { inputs } of anchor.traceAnchorAbi.filter((item) => item.type === 'event')) {
      expect(inputs.at(-1)).toEqual({ indexed: false, name: 'running', type: 'bytes32' });
    }
  });

  it('calls nothing that could call back, creates nothing and cannot be destroyed or replaced', () => {
    const opcodes = new Set(opcodesOf(deployedCode(anchor.traceAnchorBytecode, anchor.traceAnchorCodeHash)));
    for (const forbidden of [0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xff, 0x5f, 0x48]) {
      expect(opcodes, forbidden.toString(16)).not.toContain(forbidden);
    }
    // STATICCALL reaches the precompiles.
    expect(opcodes).toContain(0xfa);
  });
});

describe('what the project knows of AttestationNetwork', () => {
  const source = readFileSync(new URL('../../contracts/AttestationNetwork.sol', import.meta.url), 'utf8');

  it('is what the compiler makes of the source, to the last byte', { timeout: 600_000 }, () => {
    const compiled = compileContract('AttestationNetwork');
    const module = new URL('../../contracts/attestationNetwork.ts', import.meta.url);
    const text = readFileSync(module, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run `npm run contracts`').toBe(contractModule('AttestationNetwork', compiled));
    expect(network.attestationNetworkAbi).toEqual(compiled.abi);
    // It calls nothing that could call back, creates nothing and cannot be destroyed or replaced; STATICCALL reaches the precompiles.
    const opcodes = new Set(opcodesOf(Buffer.from(compiled.deployedCode.slice(2), 'hex')));
    for (const forbidden of [0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xff, 0x5f, 0x48]) {
      expect(opcodes, forbidden.toString(16)).not.toContain(forbidden);
    }
  });

  it('has the constants of the rules that auditors recompute with', () => {
    const constant = (name: string) => Number(new RegExp(`constant ${name} = (\\d+);`).exec(source)?.[1]);
    const names = {
      start: 'START_REPUTATION',
      maximum: 'MAX_REPUTATION',
      reward: 'REWARD',
      disagreement: 'DISAGREEMENT_PENALTY',
      silence: 'SILENCE_PENALTY',
      decayDivisor: 'DECAY_DIVISOR',
      seatReputation: 'SEAT_REPUTATION',
      minimumSeats: 'MIN_SEATS',
      graceBlocks: 'GRACE_BLOCKS',
      nodes: 'MAX_NODES',
    } as const;
    const { minimumEpochBlocks, ...rules } = networkRules;
    expect(Object.fromEntries(Object.entries(names).map(([rule, name]) => [rule, constant(name)]))).toEqual(rules);
    expect(source).toContain(`epochBlocks_ < ${minimumEpochBlocks}`);
  });

  it('takes no ether, and has running last in every event', () => {
    const functions = network.attestationNetworkAbi.filter((item) => item.type === 'function');
    expect(functions.map(({ stateMutability }) => stateMutability as string)).not.toContain('payable');
    for (const { inputs } of network.attestationNetworkAbi.filter((item) => item.type === 'event')) {
      expect(inputs.at(-1)).toEqual({ indexed: false, name: 'running', type: 'bytes32' });
    }
  });
});

describe('what the project knows of EventProofVerifier', () => {
  it('is what the compiler makes of the source, which has no state', { timeout: 600_000 }, () => {
    const compiled = compileContract('EventProofVerifier');
    const module = new URL('../../contracts/eventProofVerifier.ts', import.meta.url);
    const text = readFileSync(module, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run `npm run contracts`').toBe(contractModule('EventProofVerifier', compiled));
    expect(eventProofVerifierAbi).toEqual(compiled.abi);
    expect(compiled.abi.every((item) => item.type !== 'function' || /view|pure/.test(item.stateMutability))).toBe(true);
    expect(compiled.slots).toEqual({});
  });
});

/** The code that lies on the ledger: the end of what creates it, told by its hash. */
function deployedCode(bytecode: string, hash: string): Uint8Array {
  for (let at = 2; at < 200; at += 2) {
    const code: `0x${string}` = `0x${bytecode.slice(at)}`;
    if (keccak256(code) === hash) return Buffer.from(code.slice(2), 'hex');
  }
  throw new Error('the bytecode does not end in the code that has the code hash');
}

function* opcodesOf(code: Uint8Array): Generator<number> {
  for (let at = 0; at < code.length; at += 1) {
    const opcode = code[at] as number;
    yield opcode;
    if (opcode >= 0x60 && opcode <= 0x7f) at += opcode - 0x5f;
  }
}
