import { utf8 } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { timeText } from '../../x509/validity.ts';
import { x509 } from '../../x509/x509.ts';
import { components, day, fmspc, judgedAt, pemOf, qeSigner, signing, type Issued, type World } from './dcap.fixture.ts';

/** How what Intel publishes differs from what fits the right quote. */
export interface CollateralChanges {
  readonly tee?: 'SGX' | 'TDX';
  readonly word?: string;
  readonly advisories?: readonly string[];
  readonly qeWord?: string;
  readonly moduleWord?: string;
  /** Members put in the place of others. */
  readonly tcbInfo?: Readonly<Record<string, unknown>>;
  readonly qeIdentity?: Readonly<Record<string, unknown>>;
  /** Certificates that the lists revoke. */
  readonly revoked?: readonly Issued[];
  readonly issued?: number;
  readonly nextUpdate?: number;
  readonly crlIssued?: number;
  readonly signer?: Issued;
  readonly chain?: readonly Uint8Array[];
}

/** The parts, for giving them loose, and the bundle of all. */
export interface MadeCollateral {
  readonly tcbInfo: string;
  readonly tcbInfoSignature: string;
  readonly qeIdentity: string;
  readonly qeIdentitySignature: string;
  readonly chain: string;
  readonly pckCrl: Uint8Array;
  readonly rootCrl: Uint8Array;
  readonly bundle: Readonly<Record<string, string>>;
}

export const zeros = (bytes: number) => '00'.repeat(bytes);
export const svns = (values: readonly number[]) =>
  Array.from({ length: 16 }, (_, index) => ({ svn: values[index] ?? 0, category: 'BIOS' }));

export const platformLevel = (word: string, tee: string, advisories: readonly string[] = []) => ({
  tcb: {
    sgxtcbcomponents: svns(components),
    pcesvn: 13,
    ...(tee === 'TDX' && { tdxtcbcomponents: svns([5, 0, 2]) }),
  },
  tcbDate: '2025-08-13T00:00:00Z',
  tcbStatus: word,
  advisoryIDs: advisories,
});

const versionLevel = (word: string, isvsvn: number) => ({
  tcb: { isvsvn },
  tcbDate: '2025-08-13T00:00:00Z',
  tcbStatus: word,
});

export async function makeCollateral(world: World, changes: CollateralChanges = {}): Promise<MadeCollateral> {
  const { tee = 'TDX', word = 'UpToDate', qeWord = 'UpToDate', moduleWord = 'UpToDate' } = changes;
  const dates = {
    issueDate: timeText(changes.issued ?? judgedAt - 10 * day),
    nextUpdate: timeText(changes.nextUpdate ?? judgedAt + 20 * day),
    tcbEvaluationDataNumber: 18,
  };
  const tcbInfo = JSON.stringify({
    id: tee,
    version: 3,
    ...dates,
    fmspc: fmspc.toUpperCase(),
    pceId: '0000',
    tcbType: 0,
    ...(tee === 'TDX' && {
      tdxModule: { mrsigner: zeros(48), attributes: zeros(8), attributesMask: 'FF'.repeat(8) },
      tdxModuleIdentities: [
        {
          id: 'TDX_01',
          mrsigner: zeros(48),
          attributes: zeros(8),
          attributesMask: 'FF'.repeat(8),
          tcbLevels: [versionLevel(moduleWord, 4)],
        },
      ],
    }),
    tcbLevels: [platformLevel(word, tee, changes.advisories)],
    ...changes.tcbInfo,
  });
  const qeIdentity = JSON.stringify({
    id: tee === 'TDX' ? 'TD_QE' : 'QE',
    version: 2,
    ...dates,
    miscselect: zeros(4),
    miscselectMask: 'FFFFFFFF',
    attributes: `11${zeros(15)}`,
    attributesMask: `FBFFFFFFFFFFFFFF${zeros(8)}`,
    mrsigner: toHex(qeSigner).toUpperCase(),
    isvprodid: tee === 'TDX' ? 2 : 1,
    tcbLevels: [versionLevel(qeWord, 4)],
    ...changes.qeIdentity,
  });
  const signer = changes.signer ?? world.signer;
  const chain = (changes.chain ?? [signer.der, world.root.der]).map(pemOf).join('');
  const tcbInfoSignature = await signText(signer, tcbInfo);
  const qeIdentitySignature = await signText(signer, qeIdentity);
  const pckCrl = await makeList(world.authority, changes);
  const rootCrl = await makeList(world.root, changes);
  return {
    tcbInfo,
    tcbInfoSignature,
    qeIdentity,
    qeIdentitySignature,
    chain,
    pckCrl,
    rootCrl,
    bundle: {
      pck_crl_issuer_chain: '',
      root_ca_crl: toHex(rootCrl),
      pck_crl: toHex(pckCrl),
      tcb_info_issuer_chain: chain,
      tcb_info: tcbInfo,
      tcb_info_signature: tcbInfoSignature,
      qe_identity_issuer_chain: chain,
      qe_identity: qeIdentity,
      qe_identity_signature: qeIdentitySignature,
    },
  };
}

export async function signText({ keys }: Issued, text: string): Promise<string> {
  return toHex(
    new Uint8Array(await crypto.subtle.sign(signing, keys.privateKey, utf8(text) as Uint8Array<ArrayBuffer>)),
  );
}

async function makeList(issuer: Issued, { revoked = [], crlIssued }: CollateralChanges): Promise<Uint8Array> {
  const thisUpdate = crlIssued ?? judgedAt - 10 * day;
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: new Date(thisUpdate),
    nextUpdate: new Date(thisUpdate + 30 * day),
    signingAlgorithm: signing,
    signingKey: issuer.keys.privateKey,
    entries: revoked.map(({ der }) => ({
      serialNumber: toHex(fromHex(parseCertificate(der).serial)),
      revocationDate: new Date(thisUpdate),
      reason: x509.X509CrlReason.keyCompromise,
    })),
  });
  return new Uint8Array(list.rawData);
}
