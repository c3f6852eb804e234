import { toHex } from '../bytes/hex.ts';
import type { JsonObject } from '../bytes/json.ts';
import type { Trust } from '../trust/trust.ts';
import type { JudgedProof } from './check.ts';
import type { IssuerJudged } from './checkIssuer.ts';
import type { ContextSource } from './contextSource.ts';
import type { Cover, Coverage } from './coverage.ts';
import { isObject, text, type Credential } from './credential.ts';
import type { CertificateDetails, CertificateProof, ShownSignature } from './details.ts';
import type { Flavour } from './flavour.ts';
import { ledgerOf, transactionId } from './ledgers.ts';
import { rootOfPath } from './merkleProof.ts';
import type { VerifiedProof } from './proof/verifyProofs.ts';

interface Material {
  readonly opened: { readonly credential: Credential; readonly text: string; readonly attached: boolean };
  readonly judged: readonly JudgedProof[];
  readonly coverage: Coverage | undefined;
  readonly source: ContextSource;
  readonly missing: readonly string[];
  readonly issuer: IssuerJudged;
  readonly flavour: Flavour;
  readonly trust: Trust;
}

const shown = { text: 65_536, value: 2000 } as const;

/** What the view draws of a certificate. */
export function describe({
  opened,
  judged,
  coverage,
  source,
  missing,
  issuer,
  flavour,
  trust,
}: Material): CertificateDetails {
  const { credential, text: whole, attached } = opened;
  return {
    attached,
    facts: flavour.facts(credential).map(({ path, name, value }) => ({
      name,
      value: value.slice(0, shown.value),
      cover: coverOf(path, coverage),
    })),
    proofs: judged.map((each) => describeProof(each, flavour)),
    ...(coverage ? { fields: coverage.fields } : {}),
    contexts: credential.contexts.map((entry) => {
      if (typeof entry !== 'string') return { address: '', origin: 'inline' as const };
      const found = source.find(entry);
      return { address: entry, origin: missing.includes(entry) || !found ? ('missing' as const) : found.origin };
    }),
    json: whole.length <= shown.text ? whole : `${whole.slice(0, shown.text)}…`,
    ...(issuer.offered ? { offered: issuer.offered } : {}),
    used: usedPins(judged, issuer, source, credential, trust),
  };
}

/** A fact is covered where all of its field is. */
function coverOf(path: string, coverage: Coverage | undefined): Cover {
  if (!coverage) return 'untried';
  const isIn = (paths: readonly string[]): boolean =>
    paths.some((each) => each === path || each.startsWith(`${path}.`));
  return isIn(coverage.uncovered) ? 'uncovered' : isIn(coverage.untried) ? 'untried' : 'covered';
}

function describeProof({ proof, computed, verified }: JudgedProof, { isBloxberg }: Flavour): CertificateProof {
  const { merkle, suite } = proof;
  if (!merkle) return { suite, ...(verified ? { signature: shownSignature(verified) } : {}) };
  return {
    suite,
    merkle: {
      target: toHex(merkle.target),
      computed: computed ?? null,
      root: toHex(merkle.root),
      path: merkle.path.map(({ side, hash }, index) => ({
        side,
        hash: toHex(hash),
        result: toHex(rootOfPath({ target: merkle.target, path: merkle.path.slice(0, index + 1) })),
      })),
      anchors: merkle.anchors.map((anchor) => {
        const ledger = ledgerOf(anchor, isBloxberg);
        const id = transactionId(anchor);
        const name = id && ledger?.family === 'evm' ? `0x${id}` : (id ?? null);
        return {
          ledger: ledger?.name ?? null,
          transaction: name,
          address: ledger?.explorer && name ? ledger.explorer + name : null,
          closed: ledger?.closed === true,
        };
      }),
    },
  };
}

function shownSignature({ signature: _, chain: __, ...rest }: VerifiedProof): ShownSignature {
  return rest;
}

/** The pins that the verdict rests on. */
function usedPins(
  judged: readonly JudgedProof[],
  issuer: IssuerJudged,
  source: ContextSource,
  { contexts, json }: Credential,
  trust: Trust,
): Trust {
  const pinned = contexts.filter(
    (entry) => typeof entry === 'string' && source.find(entry)?.origin === 'pinned',
  ) as string[];
  const profile = issuer.pinned ? text(issuer.profile as JsonObject, 'id') : undefined;
  const addresses = [...pinned, ...(profile && !profile.startsWith('did:') ? [profile] : [])];
  const entries = addresses.flatMap((address) =>
    trust.contexts?.[address] === undefined ? [] : [[address, trust.contexts[address]] as const],
  );
  const did = profile?.startsWith('did:') ? profile : undefined;
  const proven = judged.some(({ ledger }) => ledger?.time !== undefined);
  return {
    ...(entries.length > 0 ? { contexts: Object.fromEntries(entries) } : {}),
    ...(did && isObject(json) && trust.dids?.[did] !== undefined ? { dids: { [did]: trust.dids[did] } } : {}),
    ...(proven && trust.evm ? { evm: trust.evm } : {}),
  };
}
