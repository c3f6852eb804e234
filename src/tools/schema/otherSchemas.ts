import { trustSchema } from './trustSchema.ts';
import { anything, base64Url, closed, hex, list, loose, published, whole, word, type Schema } from './forms.ts';

/** Headers of a ledger in a row, and what is to be proven against the last of them. */
export const blockSchema = published(
  'evm-block-1',
  'Affidavit block file, version 1',
  'Headers as RLP in hex, receipts as eth_getBlockReceipts gives them for the last header, accountProof as eth_getProof answers.',
  closed(
    {
      affidavit: word('evm-block/1'),
      consensus: word('qbft', 'ibft2', 'ibft1', 'clique', 'aura', 'ethereum'),
      chainId: whole(1),
      headers: list({ type: 'string', pattern: '^0x([0-9a-fA-F]{2})+$' }, 100_000, 1),
      receipts: { type: 'array', items: { type: 'object' }, maxItems: 20_000 },
      accountProof: anything,
    },
    ['receipts', 'accountProof'],
  ),
);

export const equivocationSchema = published(
  'equivocation-1',
  'Affidavit proof of equivocation, version 1',
  'Two attestations of one sequencer that contradict each other.',
  closed({ affidavit: word('equivocation/1'), genesis: hex(32), documents: list(base64Url, 2, 2) }),
);

const { $schema: _schema, $id: _id, title: _title, description: _description, ...trust } = trustSchema;
const state = closed({ first: { type: 'object' }, firstAt: whole(), last: { type: 'object' }, lastAt: whole() });
const lastVerdict = closed({ at: whole(), blocks: whole(), verdict: word('verified', 'rejected', 'undetermined') });

/** What the page of anchors saves and takes back. */
export const backupSchema = published(
  'browser-backup-1',
  'Affidavit backup of a browser, version 1',
  'What a browser keeps of a person’s decisions: the trust file, accepted states of hosts by DID, last verdicts of chains by block zero. No keys.',
  closed({
    affidavit: word('browser-backup/1'),
    states: mapOf('^did:[a-z0-9]+:\\S{1,2048}$', state),
    trust,
    verdicts: mapOf('^[0-9a-f]{64}$', lastVerdict),
  }),
);

function mapOf(pattern: string, entry: Schema): Schema {
  return { type: 'object', propertyNames: { pattern }, additionalProperties: entry };
}

const check: Schema = loose(
  {
    code: { type: 'string', pattern: '^[A-Z0-9]+(_[A-Z0-9]+)+$' },
    status: word('pass', 'fail', 'unknown'),
    params: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
    evidence: {
      type: 'array',
      items: loose({ digest: hex(32), offset: whole(), length: whole(), name: { type: 'string' } }, [
        'digest',
        'offset',
        'length',
      ]),
    },
    spec: { type: 'string' },
    notes: {
      type: 'array',
      items: loose({ code: { type: 'string' }, params: { type: 'object' } }, ['code']),
    },
    children: { type: 'array', items: { $ref: '#/$defs/check' } },
  },
  ['code', 'status'],
);

/** One line of `check --json`. */
export const reportSchema = published(
  'check-report',
  'What check --json prints for each file',
  'One JSON document a line. Where a file could not be judged, checks are empty and error says why.',
  {
    ...loose(
      {
        file: { type: 'string' },
        kind: { type: 'string' },
        verdict: word('verified', 'rejected', 'undetermined'),
        at: { type: ['string', 'null'] },
        timeSource: word('signed', 'given', 'now'),
        labels: { type: 'array', items: { type: 'string' } },
        threshold: whole(1, 99),
        checks: { type: 'array', items: { $ref: '#/$defs/check' } },
        error: loose({ kind: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } }, [
          'code',
          'message',
        ]),
      },
      ['file', 'kind', 'verdict', 'at', 'timeSource', 'labels', 'checks'],
    ),
    $defs: { check },
  },
);
