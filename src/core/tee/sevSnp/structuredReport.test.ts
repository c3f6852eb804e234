import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { failing, judgeFile, unsettled } from './judge.fixture.ts';
import { sevSnpKind } from './kind.ts';
import { SnpFormError } from './parse.ts';
import { fieldsOf, makeAuthority, makeKeyCertificate, makeReport, measurement } from './sevSnp.fixture.ts';
import { isStructuredReport, writeStructuredReport } from './structuredReport.ts';

const pinned = { measurements: [toHex(measurement)] };

describe('a report written field by field', () => {
  it.each([
    [2, 'Milan'],
    [3, 'Genoa'],
    [5, 'Turin'],
  ] as const)('of version %i, %s, is the same bytes again', async (version, product) => {
    const report = await makeReport({ version, product });
    const fields = fieldsOf(report) as JsonObject;
    expect(isStructuredReport(fields)).toBe(true);
    expect(toHex(writeStructuredReport(fields))).toBe(toHex(report));
  });

  it('is judged with the certificates beside it, as evidence of Confidential Containers has them', async () => {
    const certificates = [await makeKeyCertificate(), await makeAuthority()];
    const evidence = {
      attestation_report: fieldsOf(await makeReport()),
      cert_chain: [
        { cert_type: 'VCEK', data: [...(certificates[0] as Uint8Array)] },
        { cert_type: 'ASK', data: [...(certificates[1] as Uint8Array)] },
      ],
    };
    const report = await judgeFile(utf8(JSON.stringify(evidence)), pinned);
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
    const bare = await judgeFile(utf8(JSON.stringify({ ...evidence, cert_chain: null })), {
      ...pinned,
      beside: certificates,
    });
    expect(bare.verdict).toBe('verified');
    expect(sevSnpKind.recognise(readContent('x', utf8(JSON.stringify(evidence))))).toBe(true);
  });

  it('with one field changed is refused', async () => {
    const beside = [await makeKeyCertificate(), await makeAuthority()];
    const fields = fieldsOf(await makeReport());
    for (const changes of [{ guest_svn: 8 }, { host_data: Array.from({ length: 32 }, () => 1) }, { vmpl: 1 }]) {
      const file = utf8(JSON.stringify({ attestation_report: { ...fields, ...changes } }));
      expect(failing(await judgeFile(file, { ...pinned, beside }))).toEqual(['TEE_SIGNATURE']);
    }
  });

  it('with a field that is missing, too long, too great or of another sort is refused', async () => {
    const fields = fieldsOf(await makeReport()) as JsonObject;
    for (const changes of [
      { host_data: [1] },
      { host_data: null },
      { measurement: Array.from({ length: 48 }, () => 256) },
      { vmpl: -1 },
      { vmpl: 2 ** 32 },
      { policy: '196608' },
      { cpuid_step: 256 },
      { current_tcb: 3 },
      { current_tcb: { bootloader: 1 } },
      { committed: { major: 1, minor: 2 } },
      { signature: { r: [], s: [] } },
      { signature: [] },
    ] as const) {
      expect(() => writeStructuredReport({ ...fields, ...changes } as unknown as JsonObject)).toThrow(SnpFormError);
    }
    const file = utf8(JSON.stringify({ attestation_report: { ...fields, chip_id: [1] } }));
    const report = await judgeFile(file);
    expect([report.verdict, report.checks[0]?.status]).toEqual(['rejected', 'fail']);
  });

  it('is no other object', () => {
    for (const value of [{}, { version: 2, measurement: [] }]) expect(isStructuredReport(value)).toBe(false);
  });
});
