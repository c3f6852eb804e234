import { labelWords } from '../../core/verdict/labelWords.en.ts';
import { base64Url, closed, hex, hex0x, list, published, text, whole, word, type Schema } from './forms.ts';

const code = text(300, '^[A-Z][A-Z0-9]{0,39}(_[A-Z0-9]{1,40}){1,6}$');
const place = { chainId: whole(1), contract: hex0x(20) };
const id = text(78, '^(0|[1-9][0-9]{0,77})$');
const none: Schema = { type: 'null' };

const report: Schema = closed({
  affidavit: word('report/1'),
  subject: {
    oneOf: [
      closed({ kind: word('chain'), genesis: hex(32), sequencerKey: base64Url }),
      closed({ kind: word('contract', 'network'), ...place }),
      closed({ kind: word('task', 'order'), ...place, id }),
      closed({ kind: word('host'), did: text(2100, '^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$') }),
    ],
  },
  covered: closed({
    unit: word('k', 'block', 'second'),
    from: whole(),
    to: { oneOf: [whole(), none] },
    end: text(40),
    tip: {
      oneOf: [
        none,
        closed({ k: whole(), height: whole(), block: hex(32), timestampHash: hex(32), time: whole() }),
        closed({ number: whole(), hash: hex0x(32), time: whole() }),
        closed({ credential: hex(32) }),
      ],
    },
  }),
  counts: { type: 'object', propertyNames: { pattern: '^[a-z][A-Za-z]{0,31}$' }, additionalProperties: whole() },
  checks: list(closed({ code, status: word('pass', 'fail', 'unknown') }), 64),
  findings: list(
    closed({
      code,
      status: word('fail', 'unknown'),
      params: {
        type: 'object',
        additionalProperties: {
          oneOf: [{ type: 'string', pattern: '^[!-~]{0,200}$' }, { type: 'integer' }, { type: 'boolean' }],
        },
      },
      evidence: list(hex(32), 16),
    }),
    256,
  ),
  findingsLeft: whole(),
  verdict: word('verified', 'rejected', 'undetermined'),
  labels: list(word(...Object.keys(labelWords).toSorted()), 32),
  trust: hex(32),
  verifier: closed({ version: text(40), build: { oneOf: [hex(32), none] } }),
  time: whole(),
  auditor: hex0x(20),
  digest: hex(32),
  signature: { oneOf: [hex0x(65), none] },
});

/** What an auditor says of an audit, and several of them in one file. */
export const auditReportSchema = published(
  'report-1',
  'Affidavit report of an audit, version 1',
  'Canonical JSON (RFC 8785), signed by the auditor as EIP-712 typed data; reports/1 holds several about the same.',
  {
    oneOf: [
      { $ref: '#/$defs/report' },
      closed({ affidavit: word('reports/1'), digest: hex(32), reports: list({ $ref: '#/$defs/report' }, 64, 1) }),
    ],
    $defs: { report },
  },
);
