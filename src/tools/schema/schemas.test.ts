import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeBlock, blockFile, pinOf, signers } from '../../core/evm/evm.fixture.ts';
import { parseBlockFile } from '../../core/evm/blockFile.ts';
import { parseCertificate, type Certificate } from '../../core/certificate/envelope.ts';
import { parseChainCertificate } from '../../core/chain/certificate/chainCertificate.ts';
import { equivocationFile } from '../../core/chain/equivocation/equivocationFile.ts';
import { parseEquivocation } from '../../core/chain/equivocation/checker.ts';
import { makeHostCertificate } from '../../core/host/certificate/hostCertificate.ts';
import { hostTime, makeHost, validatorSigners, vouched } from '../../core/host/host.fixture.ts';
import { chainId, leaves, makeNetworkOnLedger } from '../../core/network/certificate/certificate.fixture.ts';
import { makeNetworkCertificate } from '../../core/network/certificate/makeNetworkCertificate.ts';
import { parseNetworkCertificate } from '../../core/network/certificate/networkCertificate.ts';
import { makeTaskLedger, rangePin, requestOf } from '../../core/task/certificate/certificate.fixture.ts';
import { makeTaskCertificate } from '../../core/task/certificate/makeTaskCertificate.ts';
import { parseTaskCertificate } from '../../core/task/certificate/taskCertificate.ts';
import { makeAnchoredLedger } from '../../core/trace/certificate/anchoredLedger.fixture.ts';
import { makeAnchoredCertificate } from '../../core/trace/certificate/makeAnchoredCertificate.ts';
import { bundleOf } from '../../core/report/digest.ts';
import { parseReportFile } from '../../core/report/parseReport.ts';
import { auditor, chainAudit, draft } from '../../core/report/report.fixture.ts';
import { reportText } from '../../core/report/sealReport.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { fileOf, fullTrust } from '../../core/trust/trust.fixture.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { check } from '../../audit/library/check.ts';
import { schemaFolder, schemas } from './schemas.ts';

// Seals are recovered in plain JavaScript, some milliseconds each: on a busy machine that adds up.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: false,
  validateFormats: false,
});
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
const samples = new URL('../../../public/samples/', import.meta.url);

/** What is wrong with a document by its schema; nothing where it is as it must be. */
function faults(name: string, text: string): readonly string[] {
  const validate = validators[name]!;
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Real output of every format: its schema, its reader, its text. */
const documents = new Map<string, { schema: string; read: (text: string) => unknown; text: string }>();

beforeAll(async () => {
  const certificate = (name: string, text: string, read: (certificate: Certificate) => unknown) =>
    documents.set(name, { schema: 'certificate-1.json', text, read: (each) => read(parseCertificate(each)) });
  const anything = (): void => undefined;
  const who = auditor(1);
  const signed = who.sign(draft(who, chainAudit(12, 'rejected')));
  documents.set('report', { schema: 'report-1.json', read: parseReportFile, text: reportText(signed) });
  const several = reportText(bundleOf([signed, draft(who)]));
  documents.set('reports', { schema: 'report-1.json', read: parseReportFile, text: several });

  certificate('chain', await readFile(new URL('chain.affidavit.json', samples), 'utf8'), parseChainCertificate);
  const tasks = await makeTaskLedger();
  certificate('task', await makeTaskCertificate(requestOf(tasks, rangePin())), parseTaskCertificate);
  const range = { ...pinOf('qbft', signers.slice(0, 4)), chainId, from: 0, to: 1000 };
  const network = await makeNetworkOnLedger();
  const record = await network.request(3, { pin: range, batch: { leaves, index: 1 } });
  certificate('network', await makeNetworkCertificate(record), parseNetworkCertificate);
  const anchored = await makeAnchoredLedger();
  certificate('trace', await makeAnchoredCertificate(await anchored.request()), anything);
  const host = await makeHost();
  const json = await vouched(host.json, validatorSigners.slice(0, 3));
  const judged = { trust: host.trust, companions: [], now: hostTime };
  certificate('host', await makeHostCertificate(json, host.companions, judged), anything);

  documents.set('trust', { schema: 'trust-1.json', read: parseTrust, text: fileOf(fullTrust) });
  const block = blockFile('qbft', [makeBlock('qbft')]);
  documents.set('block', { schema: 'evm-block-1.json', read: parseBlockFile, text: block });
  const proof = await readFile(new URL('event.trace-proof.json', samples), 'utf8');
  documents.set('trace proof', { schema: 'trace-proof-1.json', read: anything, text: proof });
  const twice = equivocationFile('0'.repeat(64), ['AQ', 'Ag']);
  documents.set('equivocation', { schema: 'equivocation-1.json', read: parseEquivocation, text: twice });
});

const names = 'chain,task,network,trace,host,trust,block,trace proof,equivocation,report,reports'.split(',');

describe('the published schemas', () => {
  it.each(Object.keys(schemas))('%s stands in public/schema as it is made: npm run schema', async (name) => {
    expect(JSON.parse(await readFile(new URL(name, schemaFolder), 'utf8'))).toEqual(schemas[name]);
  });

  it.each(names)('take real output: %s', (name) => {
    const { schema, text } = documents.get(name)!;
    expect(faults(schema, text)).toEqual([]);
  });

  it.each(names)('refuse what has a member too many or too few: %s', (name) => {
    const { schema, text } = documents.get(name)!;
    const value = JSON.parse(text) as Record<string, unknown>;
    expect(faults(schema, JSON.stringify({ ...value, more: 1 }))).not.toEqual([]);
    const { affidavit: _, ...less } = value;
    expect(faults(schema, JSON.stringify(less))).not.toEqual([]);
  });

  // What is in the others' parts is read where it is judged.
  const strict = names.filter((name) => !['trace', 'host', 'trace proof'].includes(name));
  it.each(strict)('never refuse what the reader takes: %s', (name) => {
    const { schema, read, text } = documents.get(name)!;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom<unknown>(0, 1, -1, '', '0', 'a', null, true, [], {}, 1e300),
        fc.boolean(),
        (at, other, isCut) => {
          const changed = changeAt(JSON.parse(text) as unknown, at, other, isCut);
          const file = canonicalJson(changed as never);
          try {
            read(file);
          } catch {
            return;
          }
          expect(faults(schema, file), file.slice(0, 2000)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('take the report of a check, whatever became of it', async () => {
    const files = ['chain.affidavit.json', 'attestation.nitro.bin', 'run.trace', 'tampered.affidavit.json'];
    for (const name of files) {
      const { details: _, ...report } = await check({ name, bytes: await readFile(new URL(name, samples)) });
      expect(faults('check-report.json', JSON.stringify(report)), name).toEqual([]);
    }
  });
});

/** The value with one of all its members (the one of that number, in order) put in place of another or taken out. */
function changeAt(value: unknown, at: number, other: unknown, isCut: boolean): unknown {
  const places: (() => void)[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const name of Object.keys(node)) {
      const holder = node as Record<string, unknown>;
      places.push(() => {
        if (Array.isArray(node) && isCut) node.splice(Number(name), 1);
        else if (isCut) delete holder[name];
        else holder[name] = other;
      });
      visit(holder[name]);
    }
  };
  visit(value);
  places[at % places.length]!();
  return value;
}
