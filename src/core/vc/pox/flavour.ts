import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../bytes/hex.ts';
import { utf8 } from '../../bytes/bytes.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { bloxbergFlavour, checkCrid, cridOf } from '../bloxberg/flavour.ts';
import type { Coverage } from '../coverage.ts';
import type { Credential } from '../credential.ts';
import type { Flavour } from '../flavour.ts';
import { otherFiles } from '../otherFiles.ts';
import { contentIdentifier } from './contentIdentifier.ts';
import { parsePoxMetadata, type PoxMetadata } from './metadata.ts';

/** Proof-of-eXecution certificates: bloxberg's, about a picture (`crid`) and with an order of Ethernity's contract in their metadata. */
export const poxFlavour: Flavour = {
  ...bloxbergFlavour,
  facts: (credential) => {
    const metadata = readMetadata(credential);
    if (metadata instanceof FormatError) return bloxbergFlavour.facts(credential);
    const time = (seconds: number | undefined) =>
      seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
    const said = [
      ['order', metadata.order],
      ['contract', metadata.contract],
      ['image', metadata.image],
      ['script', metadata.script],
      ['files', metadata.files],
      ['result', metadata.result],
      ['resultValue', metadata.resultValue],
      ['resultTime', time(metadata.resultTime)],
      ['published', time(metadata.published)],
      ['inputTransaction', metadata.inputTransaction],
      ['outputTransaction', metadata.outputTransaction],
    ] as const;
    return [
      ...bloxbergFlavour.facts(credential),
      ...said.flatMap(([name, value]) => (value === undefined ? [] : [{ name, path: 'metadataJson', value }])),
    ];
  },
  plan: (_credential, companions) => [
    { code: 'CERT_CRID' },
    { code: 'POX_METADATA' },
    { code: 'POX_RESULT' },
    ...(otherFiles(companions).length > 0 ? [{ code: 'CERT_CONTENT' as const }] : []),
  ],
  check: (credential, coverage, context) => {
    const crid = checkCrid(credential, context);
    const metadata = readMetadata(credential);
    return {
      checks: [
        crid.check,
        checkMetadata(metadata, coverage),
        checkResult(metadata),
        ...checkFiles(credential, metadata, context.companions),
      ],
      labels: crid.isEmpty ? ['certifies no content'] : [],
    };
  },
};

function readMetadata(credential: Credential): PoxMetadata | FormatError {
  try {
    return parsePoxMetadata(credential);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

/** What makes it a certificate of an execution is in the metadata alone; where the hash leaves them out, no signature and no ledger speaks for a word of them. */
function checkMetadata(metadata: PoxMetadata | FormatError, coverage: Coverage | undefined): Check {
  if (metadata instanceof FormatError) return fail('POX_METADATA', { params: { reason: metadata.message } });
  const params = { order: metadata.order ?? '?', contract: metadata.contract ?? '?' };
  if (!coverage)
    return unknown('POX_METADATA', {
      params: { ...params, reason: 'The hash does not hold or could not be computed.' },
    });
  if (
    [...coverage.uncovered, ...coverage.untried].some(
      (path) => path === 'metadataJson' || path.startsWith('metadataJson.'),
    )
  ) {
    const reason =
      'The hash does not cover them: anyone could have written any other, and the certificate would look the same.';
    return unknown('POX_METADATA', { params: { ...params, reason } });
  }
  return pass('POX_METADATA', { params });
}

/** Whether the metadata agree with themselves: the result's value has the result's identifier. */
function checkResult(metadata: PoxMetadata | FormatError): Check {
  if (metadata instanceof FormatError || metadata.result === undefined || metadata.resultValue === undefined) {
    return unknown('POX_RESULT', { params: { reason: 'It does not say a result and its identifier.' } });
  }
  const { result, resultValue } = metadata;
  const computed = contentIdentifier(utf8(resultValue)) ?? '';
  const params = { result: result.slice(0, 100), computed };
  if (!/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(result)) {
    return unknown('POX_RESULT', {
      params: { ...params, reason: 'The result’s identifier is none of IPFS (CID version 0).' },
    });
  }
  return computed === result ? pass('POX_RESULT', { params }) : fail('POX_RESULT', { params });
}

/** Files beside: the picture by its digest, script, data and result by their identifiers in IPFS. */
function checkFiles(
  credential: Credential,
  metadata: PoxMetadata | FormatError,
  companions: readonly Content[],
): readonly Check[] {
  const files = otherFiles(companions);
  if (files.length === 0) return [];
  const digest = cridOf(credential);
  const parts = metadata instanceof FormatError ? [] : (['script', 'files', 'result', 'image'] as const);
  const found = files.flatMap((file) => {
    if (toHex(sha256(file.fileBytes)) === digest) return [{ file: file.name, part: 'crid' }];
    const identifier = contentIdentifier(file.fileBytes);
    const part = parts.find((each) => {
      const said = (metadata as PoxMetadata)[each];
      return identifier !== undefined && (said === identifier || said?.startsWith(`${identifier}:`));
    });
    return part ? [{ file: file.name, part }] : [];
  });
  const names = files
    .map(({ name }) => name)
    .join(', ')
    .slice(0, 400);
  const [first] = found;
  if (!first) return [fail('CERT_CONTENT', { params: { files: names } })];
  const params = {
    file: found
      .map(({ file }) => file)
      .join(', ')
      .slice(0, 400),
    part: found.map(({ part }) => part).join(', '),
  };
  return [pass('CERT_CONTENT', { params })];
}
