import { expect, test } from 'vitest';
import type { Report } from '../../../core/kinds/judge.ts';
import { vmIdentifier } from '../../../core/trace/metadata.ts';
import type { EvmPin, Trust } from '../../../core/trust/trust.ts';
import { all, pass, unknown } from '../../../core/verdict/check.ts';
import { certificateAnchors, certificateUsed } from './certificatePins.ts';

const vm = vmIdentifier('bench');
const pin: EvmPin = { chainId: 7, consensus: 'ibft2' };
const nitro = { measurements: [{ pcr0: 'aa'.repeat(48) }] } as unknown as NonNullable<Trust['nitro']>;
const anchors: Trust = { evm: [pin], vms: [{ id: vm, key: 'KEY' }], nitro };
const signature = (status: typeof pass | typeof unknown) => status('TRACE_SIGNATURE', { params: { vm, key: 'KEY' } });
const pinned = (status: typeof pass | typeof unknown) =>
  all('TRACE_ANCHOR', [all('TRACE_LEDGER', [status('TRACE_LEDGER_PINNED')])]);
const reportOf = (checks: Report['checks'], verdict: Report['verdict'] = 'undetermined'): Report =>
  ({ kind: 'certificate', verdict, checks, labels: [] }) as unknown as Report;

test('a certificate of a trace offers its machine, its ledger and its document’s pins, where they are not pinned', () => {
  const nothing = reportOf([signature(unknown), pinned(unknown)]);
  expect(certificateAnchors(nothing, { anchors }, {})).toEqual(anchors);
  const machine = reportOf([signature(pass), pinned(unknown)]);
  expect(certificateAnchors(machine, { anchors }, { vms: anchors.vms!, nitro })).toEqual({ evm: [pin] });
  const ledger = reportOf([signature(unknown), pinned(pass)]);
  expect(certificateAnchors(ledger, { anchors }, { evm: [pin], nitro })).toEqual({ vms: [{ id: vm, key: 'KEY' }] });
});

test('it offers nothing that contradicts a pin, and nothing where there is nothing to tell', () => {
  const open = reportOf([signature(pass), pinned(unknown)]);
  const other: Trust = { evm: [{ chainId: 7, consensus: 'qbft', from: 50 }], vms: anchors.vms!, nitro };
  expect(certificateAnchors(open, { anchors }, other)).toBeUndefined();
  expect(certificateAnchors(reportOf(open.checks, 'rejected'), { anchors }, {})).toBeUndefined();
  expect(certificateAnchors(reportOf([signature(pass)]), {}, {})).toBeUndefined();
});

test('what it rests on are its machine and its ledger, and no other', () => {
  const proof = { domain: { chainId: 7 } } as never;
  const trust: Trust = {
    evm: [pin, { chainId: 8, consensus: 'ibft2' }],
    vms: [...anchors.vms!, { id: 'other', key: 'X' }],
  };
  const used = certificateUsed(reportOf([signature(pass), pinned(pass)], 'verified'), { proof }, trust);
  expect(used.trust).toEqual({ evm: [pin], vms: anchors.vms });
});
