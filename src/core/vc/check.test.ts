import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { walk } from '../verdict/check.ts';
import {
  content,
  detailsOf,
  digestOf,
  issuer,
  issuerAddress,
  judgeJson,
  judgeMade,
  makeCertificate,
  open,
  type CertificateChanges,
  type Json,
} from './certificate.fixture.ts';
import { certificateMessages } from './messages.en.ts';

const made = await makeCertificate();
const opened = async (changes: CertificateChanges): Promise<string[]> =>
  open(await judgeMade(await makeCertificate(changes)));
const change = (members: Json) => (json: Json) => ({ ...json, ...members });

describe('a certificate with everything beside it', () => {
  it.each(['bloxberg', 'blockcerts', 'badge'] as const)('of the kind %s holds', async (kind) => {
    const plain = kind !== 'bloxberg';
    const report = await judgeMade(await makeCertificate({ kind, ...(plain ? { call: false } : {}) }));
    expect(open(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'verified', kind: plain ? 'blockcerts' : 'bloxberg', labels: [] });
  });

  it('of a Proof of eXecution leaves what it says about the order open, and that alone', async () => {
    const report = await judgeMade(await makeCertificate({ kind: 'pox' }));
    expect(report).toMatchObject({ kind: 'pox', verdict: 'undetermined' });
    expect(open(report)).toEqual(['POX_METADATA unknown']);
  });

  it('has words for every check and note, and makes those that it planned', async () => {
    const { bloxbergChecker } = await import('./bloxberg/checker.ts');
    const { readContent } = await import('../kinds/content.ts');
    const report = await judgeMade(made);
    const context = { trust: {}, now: 0, companions: [readContent('data', content)] };
    const planned = bloxbergChecker.plan(readContent('x', utf8(made.text)), context);
    expect(report.checks.map(({ code }) => code)).toEqual(planned.map(({ code }) => code));
    for (const { code, notes } of walk(report.checks)) {
      for (const each of [code, ...(notes ?? []).map((note) => note.code)])
        expect(certificateMessages[each]?.title).toBeTruthy();
    }
  });

  it('is the same where all of its JSON is written in another order', async () => {
    const reversed = Object.fromEntries(Object.entries(made.json).reverse());
    expect((await judgeMade({ ...made, json: reversed })).verdict).toBe('verified');
  });
});

describe('each check fails or stays open for its own reason', () => {
  it('CERT_HASH: a covered field was changed', async () => {
    for (const after of [
      change({ crid: digestOf('another') }),
      change({ issuanceDate: '2025-01-02T03:04:06.123456+00:00' }),
      change({ credentialSubject: { id: 'https://subject.example/2' } }),
    ]) {
      expect(await opened({ after })).toContain('CERT_HASH fail');
    }
  });

  it('CERT_MERKLE: the path leads to another root', async () => {
    const root = (right: Uint8Array) => right.map((byte, index) => (index === 5 ? byte ^ 1 : byte));
    expect(await opened({ root })).toEqual(['CERT_MERKLE fail']);
  });

  it('CERT_TRANSACTION: the transaction says another root', async () => {
    const other = await makeCertificate({ body: change({ id: 'https://other.example' }) });
    const proof = other.json['proof'] as Json;
    const report = await judgeJson({ ...other.json, proof }, made.trust, [
      made.beside.ledger,
      made.beside.block,
      content,
    ]);
    expect(open(report)).toContain('CERT_TRANSACTION unknown');
    // The other's transaction under this one's name: a list of transactions is looked up by hash, which is computed.
    const renamed = made.beside.block.replace(made.transaction['hash'] as string, other.transaction['hash'] as string);
    expect(open(await judgeJson(other.json, made.trust, [renamed]))).toContain('CERT_TRANSACTION unknown');
  });

  it('CERT_TRANSACTION: a transaction of that identifier that says something else', async () => {
    const { encodeProof } = await import('./certificate.fixture.ts');
    const { parseMerkleProof2019 } = await import('./merkleProof2019.ts');
    const { encodeCbor } = await import('../bytes/cbor.ts');
    const { path, target, anchors } = parseMerkleProof2019((made.json['proof'] as Json)['proofValue'] as string);
    const { rootOfPath } = await import('./merkleProof.ts');
    const shorter = path.slice(0, 2);
    const proofValue = encodeProof([
      [3, shorter.map(({ side, hash }) => [side === 'left' ? 0 : 1, hash])],
      [0, rootOfPath({ target, path: shorter })],
      [1, target],
      [
        2,
        [
          [
            [0, 1],
            [1, 5],
            [2, encodeCbor(anchors[0]?.transaction ?? '')],
          ],
        ],
      ],
    ]);
    const json = { ...made.json, proof: { ...(made.json['proof'] as Json), proofValue } };
    expect(open(await judgeMade({ ...made, json }))).toEqual(['CERT_TRANSACTION fail', 'CERT_LEDGER unknown']);
  });

  it('CERT_LEDGER: no pin, no block, no transactions, a refused call, forged seals', async () => {
    const { ledger, block, data } = made.beside;
    const only = ['CERT_LEDGER unknown'];
    expect(open(await judgeJson(made.json, { contexts: made.trust.contexts ?? {} }, [ledger, block, data]))).toEqual(
      only,
    );
    expect(open(await judgeJson(made.json, made.trust, [block, data]))).toEqual(only);
    expect(open(await judgeJson(made.json, made.trust, [ledger, data]))).toEqual([
      'CERT_TRANSACTION unknown',
      'CERT_LEDGER unknown',
      'CERT_ISSUER unknown',
    ]);
    expect(await opened({ outcome: 0 })).toEqual(['CERT_LEDGER fail']);
    const [pin] = made.trust.evm ?? [];
    const others = {
      ...made.trust,
      evm: [{ ...(pin as NonNullable<typeof pin>), validators: [`0x${'99'.repeat(20)}`] }],
    };
    expect(open(await judgeJson(made.json, others, [ledger, block, data]))).toEqual(['CERT_LEDGER fail']);
    const unproven = JSON.stringify({ ...(JSON.parse(ledger) as Json), receipts: undefined });
    expect(open(await judgeJson(made.json, made.trust, [unproven, block, data]))).toEqual(only);
  });

  it('CERT_LEDGER: a block of another ledger proves nothing', async () => {
    const ledger = made.beside.ledger.replace('"chainId":8995', '"chainId":137');
    expect(open(await judgeJson(made.json, made.trust, [ledger, made.beside.block, content]))).toEqual([
      'CERT_LEDGER unknown',
    ]);
  });

  it('CERT_ISSUER: signed by another, listed for another time, not pinned, not listed', async () => {
    expect(await opened({ sender: 'stranger' })).toEqual(['CERT_ISSUER fail']);
    const { ledger, block, data } = made.beside;
    const judgeWith = async (profile: Json) =>
      open(
        await judgeJson(made.json, { ...made.trust, contexts: { [issuerAddress]: profile } }, [ledger, block, data]),
      );
    const id = `ethereum-pubkey:${issuer.address}`;
    expect(await judgeWith({ ...made.profile, publicKey: [{ id, created: '2026-01-01T00:00:00Z' }] })).toEqual([
      'CERT_ISSUER fail',
    ]);
    expect(await judgeWith({ ...made.profile, publicKey: [{ id, revoked: '2023-01-01T00:00:00Z' }] })).toEqual([
      'CERT_ISSUER fail',
    ]);
    expect(await judgeWith({ ...made.profile, publicKey: [{ id, expires: '2023-01-01' }] })).toEqual([
      'CERT_ISSUER fail',
    ]);
    expect(await judgeWith({ ...made.profile, publicKey: [] })).toEqual(['CERT_ISSUER fail']);
    const unpinned = await judgeJson(made.json, { evm: made.trust.evm ?? [] }, [ledger, block, data, made.profile]);
    expect(open(unpinned)).toEqual(['CERT_ISSUER unknown', 'CERT_REVOCATION unknown']);
    expect(detailsOf(unpinned).offered).toEqual({ contexts: { [issuerAddress]: made.profile } });
  });

  it('CERT_ISSUER: a key in the form of a JWK gives the same account', async () => {
    const { secp256k1 } = await import('@noble/curves/secp256k1.js');
    const { toBase64Url } = await import('../bytes/base64.ts');
    const { fromHex } = await import('../bytes/hex.ts');
    const point = secp256k1.Point.fromHex(issuer.publicKey.slice(2)).toBytes(false);
    const key = {
      kty: 'EC',
      crv: 'secp256k1',
      x: toBase64Url(point.subarray(1, 33)),
      y: toBase64Url(point.subarray(33)),
    };
    expect(fromHex(issuer.publicKey.slice(2))).toEqual(point);
    const named = await makeCertificate({ proof: change({ verificationMethod: `${issuerAddress}#key-1` }) });
    const profile = { ...made.profile, verificationMethod: [{ id: '#key-1', publicKeyJwk: key }] };
    const report = await judgeMade({ ...named, trust: { ...named.trust, contexts: { [issuerAddress]: profile } } });
    expect(open(report)).toEqual([]);
    const unnamed = { ...made.profile, verificationMethod: [{ id: '#key-1' }] };
    const vague = await judgeMade({ ...named, trust: { ...named.trust, contexts: { [issuerAddress]: unnamed } } });
    expect(open(vague)).toEqual(['CERT_ISSUER unknown']);
  });

  it('CERT_REVOCATION: in the list, not in the list, no list', async () => {
    const list = 'https://issuer.example/revoked.json';
    const trust = { ...made.trust, contexts: { [issuerAddress]: { ...made.profile, revocationList: list } } };
    const revoked = (...entries: unknown[]) => ({
      id: list,
      type: 'RevocationList',
      issuer: issuerAddress,
      revokedAssertions: entries,
    });
    expect(open(await judgeMade({ ...made, trust }))).toEqual(['CERT_REVOCATION unknown']);
    expect(open(await judgeMade({ ...made, trust }, [revoked({ id: 'https://bloxberg.org' })]))).toEqual([
      'CERT_REVOCATION fail',
    ]);
    const kept = await judgeMade({ ...made, trust }, [revoked({ id: 'https://other.example' })]);
    expect(open(kept)).toEqual([]);
    expect(JSON.stringify(kept.checks)).toContain('CERT_LIST_UNSIGNED');
    const lists = [revoked({ id: 'https://other.example' }), revoked({ id: 'https://bloxberg.org' })];
    expect(open(await judgeMade({ ...made, trust }, lists))).toEqual(['CERT_REVOCATION fail']);
  });

  it('CERT_TIME: not yet, no longer, no date', async () => {
    expect(open(await judgeMade(made, [], { givenTime: Date.parse('2024-01-01') }))).toEqual(['CERT_TIME fail']);
    const until = { kind: 'blockcerts', call: false } as const;
    expect(await opened({ ...until, body: change({ expirationDate: '2025-12-31T00:00:00Z' }) })).toEqual([
      'CERT_TIME fail',
    ]);
    expect(await opened({ ...until, body: change({ expirationDate: '2026-12-31T00:00:00Z' }) })).toEqual([]);
    expect(await opened({ ...until, body: change({ expirationDate: 'soon' }) })).toContain('CERT_TIME fail');
  });

  it('CERT_CRID: sentinels and what is no digest never hold, and are labelled', async () => {
    for (const crid of [digestOf('[object ArrayBuffer]'), digestOf(''), '0'.repeat(64), '0xabc', 'dskalfnkas', '']) {
      const certificate = await makeCertificate({ body: change({ crid }) });
      const report = await judgeJson(certificate.json, certificate.trust, [
        certificate.beside.ledger,
        certificate.beside.block,
      ]);
      expect(open(report)).toContain('CERT_CRID unknown');
      expect(report).toMatchObject({ verdict: 'undetermined', labels: ['certifies no content'] });
    }
    expect(await opened({ body: change({ cridType: 'md5' }) })).toContain('CERT_CRID unknown');
    expect(await opened({ body: (body) => ({ ...body, crid: `0x${String(body['crid'])}` }) })).toEqual([]);
  });

  it('CERT_CONTENT: another file', async () => {
    const { ledger, block } = made.beside;
    expect(open(await judgeJson(made.json, made.trust, [ledger, block, utf8('another')]))).toEqual([
      'CERT_CONTENT fail',
    ]);
    expect((await judgeJson(made.json, made.trust, [ledger, block])).verdict).toBe('verified');
  });

  it('CERT_ANCHOR: unknown, closed and mock ledgers, and no identifier', async () => {
    expect(await opened({ chain: [99, 1] })).toContain('CERT_ANCHOR unknown');
    expect(await opened({ chain: [1, 4] })).toContain('CERT_ANCHOR unknown');
    const badge = await makeCertificate({ kind: 'badge', call: false });
    const withAnchor = (anchor: Json) =>
      judgeMade({
        ...badge,
        json: { ...badge.json, signature: { ...(badge.json['signature'] as Json), anchors: [anchor] } },
      });
    const mock = await withAnchor({ sourceId: 'this is a mock', chain: 'mockchain', type: 'MockChain' });
    expect(open(mock)).toContain('CERT_ANCHOR unknown');
    expect(mock.labels).toEqual(['recorded nowhere']);
    expect(open(await withAnchor({ sourceId: 'nothing', chain: 'ethereumMainnet' }))).toContain('CERT_ANCHOR fail');
  });

  it('CERT_TRANSACTION on Bitcoin: the raw transaction says the root, or another; its blocks are not judged', async () => {
    const { parseBitcoinTransaction } = await import('./bitcoinTransaction.ts');
    const { fromHex } = await import('../bytes/hex.ts');
    const badge = await makeCertificate({ kind: 'badge', call: false });
    const signature = badge.json['signature'] as Json;
    const judgeWith = async (root: string) => {
      const raw = `0100000001${'11'.repeat(32)}0000000000ffffffff01${'00'.repeat(8)}226a20${root}00000000`;
      const sourceId = parseBitcoinTransaction(fromHex(raw)).id;
      const anchors = [{ sourceId, type: 'BTCOpReturn', chain: 'bitcoinMainnet' }];
      return open(await judgeJson({ ...badge.json, signature: { ...signature, anchors } }, badge.trust, [raw]));
    };
    expect(await judgeWith(String(signature['merkleRoot']))).toEqual(['CERT_LEDGER unknown', 'CERT_ISSUER unknown']);
    expect(await judgeWith('ab'.repeat(32))).toEqual([
      'CERT_TRANSACTION fail',
      'CERT_LEDGER unknown',
      'CERT_ISSUER unknown',
    ]);
  });

  it('POX_METADATA, POX_RESULT and the files of an execution', async () => {
    const metadata = (members: Json) => (body: Json) => ({
      ...body,
      metadataJson: JSON.stringify({ ...(JSON.parse(String(body['metadataJson'])) as Json), ...members }),
    });
    const pox = await makeCertificate({ kind: 'pox' });
    const { ledger, block } = pox.beside;
    expect(open(await judgeJson(metadata({ resultValue: '2\n' })(pox.json), pox.trust, [ledger, block]))).toEqual([
      'POX_METADATA unknown',
      'POX_RESULT fail',
    ]);
    expect(open(await judgeJson(metadata({ resultHash: 'Qm' })(pox.json), pox.trust, [ledger, block]))).toContain(
      'POX_RESULT unknown',
    );
    expect(
      open(await judgeJson({ ...pox.json, metadataJson: '{"orderId": 1, "inputTransactionHash": ' }, pox.trust)),
    ).toContain('POX_METADATA fail');
    const script = await judgeJson(pox.json, pox.trust, [ledger, block, utf8('hello world\n')]);
    expect(script.checks.find(({ code }) => code === 'CERT_CONTENT')?.params).toMatchObject({ part: 'script' });
    expect(open(await judgeJson(pox.json, pox.trust, [ledger, block, utf8('2\n')]))).toContain('CERT_CONTENT fail');
  });

  it('CERT_FORM: what cannot be read leaves all else open', async () => {
    for (const after of [
      change({ proof: { ...(made.json['proof'] as Json), proofValue: 'z1' } }),
      change({ proof: [] }),
      change({ proof: { ...(made.json['proof'] as Json), proofPurpose: 'authentication' } }),
      change({ '@graph': [] }),
      change({ credentialSubject: { '@id': 'https://subject.example/1' } }),
      change({ '@context': 7 }),
    ]) {
      const report = await judgeMade(await makeCertificate({ after }));
      expect(report.verdict).toBe('rejected');
      expect(open(report).filter((each) => each.endsWith('fail'))).toEqual(['CERT_FORM fail']);
    }
  });
});
