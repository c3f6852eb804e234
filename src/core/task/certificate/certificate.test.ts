import { RLP } from '@ethereumjs/rlp';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseCertificate, sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { certificateKind } from '../../certificate/kind.ts';
import { signers } from '../../evm/evm.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { chainId, changed, files, hash, noon, openCodes, owner, stranger, type Step } from '../task.fixture.ts';
import { checkpointPin, makeTaskLedger, rangePin, requestOf, type TaskLedger } from './certificate.fixture.ts';
import { makeTaskCertificate } from './makeTaskCertificate.ts';
import { headersNeeded } from '../../evm/ledgerProof/headersNeeded.ts';

// Seals are recovered in plain JavaScript, some milliseconds each: on a busy machine that adds up.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ledger: TaskLedger;
let pin: EvmPin;
let text: string;
let small: string;
beforeAll(async () => {
  ledger = await makeTaskLedger();
  pin = checkpointPin(ledger);
  text = await makeTaskCertificate(requestOf(ledger, pin));
  small = await makeTaskCertificate(requestOf(ledger, rangePin(), 8));
});

function check(
  file: string,
  trust: Trust = { ...ledger.attestation.trust, evm: [pin] },
  beside: Uint8Array[] = [],
): Promise<Report> {
  const companions = beside.map((bytes, index) => readContent(`with ${index}`, bytes));
  return judge(readContent('task.affidavit.json', utf8(file)), { trust, now: 0, companions }, [certificateKind]);
}

const pins = (...evm: EvmPin[]): Trust => ({ ...ledger.attestation.trust, evm });
const edit = (change: (certificate: Certificate) => object, from = text): string => {
  const { digest: _, ...body } = parseCertificate(from);
  return sealCertificate({ ...body, ...change({ ...body, digest: '' }) } as Omit<Certificate, 'digest'>);
};
const counts = { headers: 7, small: 7 };

describe('a certificate of a task', () => {
  it('is verified offline, and says who ran what when', async () => {
    const report = await check(text);
    expect(openCodes(report.checks)).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'verified',
      kind: 'certificate',
      labels: ['simulated'],
      timeSource: 'signed',
    });
    expect(report.at).toBe(new Date((noon + 12) * 1000).toISOString().replace('.000Z', 'Z'));
    expect(parseCertificate(text)).toMatchObject({
      system: 'task',
      claim: {
        owner,
        startedAt: noon - 10,
        endedAt: noon + 2,
        recordedAt: noon + 12,
        submittedAt: noon - 60,
        block: 6,
      },
      labels: ['simulated'],
    });
    expect((parseCertificate(text).proof['headers'] as unknown[]).length).toBe(counts.headers);
  });

  it('has words for every check, whether it holds or not', async () => {
    for (const report of [await check(text), await check(text, {}), await check(text, { evm: [pin] }, [utf8('x')])]) {
      for (const each of walk(report.checks))
        expect(sentence(each, certificateKind.messages)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
    }
  });

  it('holds only the blocks with events where validators are pinned for a range', async () => {
    expect((await check(small, pins(rangePin()))).verdict).toBe('verified');
    expect((parseCertificate(small).proof['headers'] as unknown[]).length).toBe(counts.small);
    expect((await check(small)).verdict).toBe('undetermined');
    expect(openCodes((await check(text, pins(rangePin()))).checks)).toEqual([]);
  });

  it('of a ledger of one seal a block holds what stands behind it', async () => {
    const clique = await makeTaskLedger({ consensus: 'clique', more: 4 });
    const cliquePin = checkpointPin(clique, 'clique');
    const file = await makeTaskCertificate(requestOf(clique, cliquePin));
    const trust = { ...clique.attestation.trust, evm: [cliquePin] };
    expect(openCodes((await check(file, trust)).checks)).toEqual([]);
    const early = await makeTaskLedger({ consensus: 'clique', more: 1 });
    await expect(makeTaskCertificate(requestOf(early, checkpointPin(early, 'clique')))).rejects.toThrow(/TASK_PROOFS/);
  });

  it('is open where the ledger, its checkpoint or the runner are not pinned', async () => {
    expect((await check(text, ledger.attestation.trust)).verdict).toBe('undetermined');
    const elsewhere = { ...pin, checkpoint: { number: 99, hash: pin.checkpoint!.hash } };
    expect((await check(text, pins(elsewhere))).verdict).toBe('undetermined');
    const roots = { nitro: { roots: ledger.attestation.trust.nitro!.roots! }, evm: [pin] };
    const report = await check(text, roots);
    expect(report.verdict).toBe('undetermined');
    expect(openCodes(report.checks)).toContain('TEE_MEASUREMENT unknown');
  });

  it('is rejected under another consensus, other validators, another block, another runner', async () => {
    expect(openCodes((await check(text, pins({ ...pin, consensus: 'ibft2' }))).checks)).toContain('TASK_LEDGER fail');
    const others = { ...pin, validators: signers.slice(4, 8).map(({ address }) => address) };
    expect((await check(text, pins(others))).verdict).toBe('rejected');
    const fork = { ...pin, checkpoint: { number: 0, hash: `0x${'ee'.repeat(32)}` } };
    expect(openCodes((await check(text, pins(fork))).checks)).toContain('EVM_CHECKPOINT fail');
    const runner = {
      nitro: {
        ...ledger.attestation.trust.nitro,
        measurements: [{ pcrs: { '0': 'ab'.repeat(48), '1': 'ab'.repeat(48), '2': 'ab'.repeat(48) } }],
      },
    };
    expect(openCodes((await check(text, { ...runner, evm: [pin] })).checks)).toContain('TEE_MEASUREMENT fail');
  });

  it('compares files beside it', async () => {
    expect((await check(text, undefined, [files.program, files.dataSet, files.result])).verdict).toBe('verified');
    expect(openCodes((await check(text, undefined, [utf8('other')])).checks)).toContain('TASK_FILE fail');
  });
});

describe('a forger with a right digest', () => {
  it.each(['owner', 'processor', 'program', 'dataSet', 'secretFile', 'runnerKey', 'result', 'output', 'attestation'])(
    'that claims another %s is rejected',
    async (name) => {
      const report = await check(
        edit(({ claim }) => ({
          claim: { ...claim, [name]: String(claim[name]).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) },
        })),
      );
      expect(openCodes(report.checks)).toEqual(['TASK_CLAIM fail']);
    },
  );

  it.each(['submittedAt', 'approvedAt', 'recordedAt', 'startedAt', 'endedAt', 'block'])(
    'that claims another %s is rejected',
    async (name) => {
      const report = await check(edit(({ claim }) => ({ claim: { ...claim, [name]: Number(claim[name]) + 1 } })));
      expect(openCodes(report.checks)).toEqual(['TASK_CLAIM fail']);
    },
  );

  it('that claims another task, contract or ledger is not believed', async () => {
    for (const [name, value] of [
      ['id', '2'],
      ['contract', stranger],
      ['chainId', chainId + 1],
    ] as const) {
      const report = await check(
        edit(({ claim, subject }) => ({ claim: { ...claim, [name]: value }, subject: { ...subject, [name]: value } })),
      );
      expect(report.verdict, name).not.toBe('verified');
      const title = await check(edit(({ subject }) => ({ subject: { ...subject, [name]: value } })));
      expect(title.verdict, name).toBe('rejected');
    }
  });

  it('that alters what must be pinned is rejected', async () => {
    const { anchors } = parseCertificate(text);
    const [entry] = anchors['evm'] as unknown as [EvmPin];
    const validators = [...entry.validators!.slice(1), signers[8]!.address].sort();
    for (const evm of [
      { ...entry, validators },
      { ...entry, quorum: 3 },
      { ...entry, rpc: ['https://example.org'] },
      { ...entry, checkpoint: { number: 0, hash: `0x${'ee'.repeat(32)}` } },
      { ...entry, validators: entry.validators!.toReversed() },
    ]) {
      expect(openCodes((await check(edit(() => ({ anchors: { ...anchors, evm: [evm] } })))).checks)).toEqual([
        'CERTIFICATE_ANCHORS fail',
      ]);
    }
    const other = [{ pcrs: { '0': 'ab'.repeat(48), '1': 'ab'.repeat(48), '2': 'ab'.repeat(48) } }];
    const nitro = anchors['nitro'] as object;
    for (const changedNitro of [{ ...nitro, measurements: other }, { ...nitro, roots: [] }, undefined]) {
      const { nitro: _, ...rest } = anchors;
      const report = await check(
        edit(() => ({ anchors: { ...rest, ...(changedNitro && { nitro: changedNitro }) } as never })),
      );
      expect(openCodes(report.checks)).toEqual(['CERTIFICATE_ANCHORS fail']);
    }
  });

  it('that takes a label away or adds one is rejected', async () => {
    for (const labels of [[], ['development', 'simulated']]) {
      expect(openCodes((await check(edit(() => ({ labels })))).checks)).toEqual(['CERTIFICATE_LABELS fail']);
    }
    for (const labels of [['simulated', 'simulated'], ['simulated', 'development'], ['real'], 'simulated']) {
      expect((await check(edit(() => ({ labels: labels as string[] })))).verdict).toBe('rejected');
    }
  });

  it('that leaves an event out, repeats one, adds a node or another attestation is rejected', async () => {
    const { proof } = parseCertificate(text);
    const receipts = proof['receipts'] as unknown as Record<string, never>[];
    const nodes = proof['nodes'] as unknown as string[];
    const proofs = [
      { ...proof, receipts: receipts.filter((_, index) => index !== 4) },
      { ...proof, receipts: [...receipts, receipts[0]] },
      {
        ...proof,
        receipts: receipts.map((receipt, index) => (index === 0 ? { ...receipt, transaction: 0 } : receipt)),
      },
      { ...proof, receipts: receipts.map((receipt, index) => (index === 0 ? { ...receipt, logs: [0] } : receipt)) },
      { ...proof, receipts: receipts.map((receipt, index) => (index === 0 ? { ...receipt, header: 2 } : receipt)) },
      { ...proof, nodes: [...nodes, 'AAAA'] },
      { ...proof, attestation: '' },
      { ...proof, state: 0, account: proof['slots'] },
      { ...proof, headers: (proof['headers'] as unknown as string[]).toReversed() },
    ];
    for (const [index, changedProof] of proofs.entries()) {
      expect((await check(edit(() => ({ proof: changedProof as never })))).verdict, String(index)).not.toBe('verified');
    }
  });
});

describe('a container', () => {
  const image = `registry.example/analysis:1@sha256:${hash(files.program).slice(2)}`;

  it('is certified by its digest, and no other image can be claimed', async () => {
    const steps = (all: Step[]): Step[] => changed(all, 'TaskSubmitted', { metadata: `oci://${image}` });
    const named = await makeTaskLedger({ steps });
    const namedPin = checkpointPin(named);
    const file = await makeTaskCertificate(requestOf(named, namedPin));
    const trust = { ...named.attestation.trust, evm: [namedPin] };
    const { checks, verdict } = await check(file, trust);
    expect(verdict).toBe('verified');
    expect([...walk(checks)].flatMap(({ notes = [] }) => notes.map(({ code }) => code))).toContain(
      'TASK_CONTAINER_NOT_RUN',
    );
    expect(parseCertificate(file).claim['container']).toBe(image);
    for (const container of [image.replace('analysis', 'other'), undefined]) {
      const forged = edit(
        ({ claim: { container: _, ...claim } }) => ({ claim: { ...claim, ...(container && { container }) } }),
        file,
      );
      expect(openCodes((await check(forged, trust)).checks)).toEqual(['TASK_CLAIM fail']);
    }
    const added = edit(({ claim }) => ({ claim: { ...claim, container: image } }));
    expect(openCodes((await check(added)).checks)).toEqual(['TASK_CLAIM fail']);
    const free = edit(({ claim }) => ({ claim: { ...claim, container: 'words' } }));
    expect((await check(free)).verdict).toBe('rejected');
  });
});

describe('any byte', () => {
  it('that is changed leaves it anything but verified', async () => {
    const characters = 'abcdef0123456789ABCXYZ{}[]",:-_ ';
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...characters), async (at, character) => {
        fc.pre(text[at] !== character);
        const report = await check(text.slice(0, at) + character + text.slice(at + 1));
        expect(report.verdict).not.toBe('verified');
      }),
      { numRuns: 15 },
    );
  });
});

describe('seals, which a block hash does not cover', () => {
  type Seals = Uint8Array[];
  /** The same certificate but for the seals of its block 3. */
  const withSeals = (change: (seals: Seals) => Seals): Certificate['proof'] => {
    const { proof } = parseCertificate(text);
    const headers = (proof['headers'] as string[]).map((header, number) => {
      if (number !== 3) return header;
      const items = RLP.decode(fromBase64Url(header)) as Uint8Array[];
      const extra = RLP.decode(items[12]) as unknown[];
      extra[4] = change(extra[4] as Seals);
      items[12] = RLP.encode(extra as Uint8Array[]);
      return toBase64Url(RLP.encode(items));
    });
    return { ...proof, headers };
  };
  /** r, n − s and the other parity: what anybody makes of a seal without its key. */
  const twin = (seal: Uint8Array): Uint8Array => {
    const { r, s } = secp256k1.Signature.fromBytes(seal.subarray(0, 64), 'compact');
    const other = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes('compact');
    return Uint8Array.from([...other, 1 - seal[64]!]);
  };
  const exchanged = (): Certificate['proof'] => withSeals(([first, ...rest]) => [twin(first!), ...rest]);

  it('are covered by the digest of the file: an exchanged one rejects it', async () => {
    const report = await check(canonicalJson({ ...parseCertificate(text), proof: exchanged() } as never));
    expect(openCodes(report.checks)).toEqual(['CERTIFICATE_DIGEST fail']);
  });

  it('make another file that says the same where somebody seals it anew, and never one more validator', async () => {
    const again = edit(() => ({ proof: exchanged() }));
    const report = await check(again);
    expect(report.verdict).toBe('verified');
    expect(parseCertificate(again).digest).not.toBe(parseCertificate(text).digest);
    expect(parseCertificate(again).claim).toEqual(parseCertificate(text).claim);
    const twice = edit(() => ({ proof: withSeals(([first, second]) => [first!, second!, twin(first!)]) }));
    expect(openCodes((await check(twice)).checks)).toContain('EVM_HEADER_SEALS fail');
  });
});

describe('any value of proof, claim and anchors', () => {
  it('that is exchanged by a forger gives a verdict, and never verified for another claim', async () => {
    const original = parseCertificate(text);
    const places = placesOf({ proof: original.proof, claim: original.claim, anchors: original.anchors });
    const values = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.constant([]),
      fc.constant({}),
      fc.constant('AAAA'),
      fc.constant(0),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), values, async (path, value) => {
        const report = await check(edit((certificate) => replaced(certificate, path, value) as object));
        if (path[0] !== 'proof' && JSON.stringify(valueAt(original, path)) !== JSON.stringify(value))
          expect(report.verdict).not.toBe('verified');
      }),
      { numRuns: 40 },
    );
  });
});

type Path = readonly (string | number)[];

/** Where every value stands, at most a few of each list. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.slice(0, 3).entries()] : Object.entries(value);
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, each]) => placesOf(each, [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function replaced(value: unknown, [key, ...path]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? replaced(each, path, by) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[String(key)], path, by) };
}

describe('what cannot be shown', () => {
  it('gives no certificate', async () => {
    const make = async (changes: Parameters<typeof makeTaskLedger>[0]): Promise<unknown> => {
      const other = await makeTaskLedger(changes);
      return makeTaskCertificate(requestOf(other, checkpointPin(other))).catch((error: unknown) => error);
    };
    const refusals: readonly [Parameters<typeof makeTaskLedger>[0], RegExp][] = [
      [{ codeHash: `0x${'ab'.repeat(32)}` }, /EVM_CODE/],
      [{ slots: { 2: `0x${'3'.padStart(64, '0')}` } }, /TASK_STORAGE/],
      [{ steps: (steps) => changed(steps, 'MatchApproved', { by: stranger }) }, /TASK_ACTORS/],
      [{ steps: (steps) => steps.slice(0, 5) }, /task is started/],
    ];
    for (const [changes, reason] of refusals) {
      const error = await make(changes);
      expect(error).toBeInstanceOf(AuditorError);
      expect((error as AuditorError).message).toMatch(reason);
    }
  });

  it('would have too many headers is refused with what to do', () => {
    expect(() => headersNeeded(pin, [20_000], 20_000, 20_000)).toThrow(/Pin a nearer block/);
    expect(headersNeeded({ ...rangePin() }, [20_000, 5], 20_001, 30_000)).toEqual([5, 20_000, 20_001]);
    expect(
      headersNeeded({ ...pin, consensus: 'ethereum', checkpoint: { number: 9, hash: '0x' } }, [6, 7], 7, 30),
    ).toEqual([6, 7, 8, 9]);
  });
});
