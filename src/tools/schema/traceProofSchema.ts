import {
  anyObject,
  anything,
  closed,
  flag,
  hex,
  hex0x,
  list,
  published,
  text,
  whole,
  word,
  type Schema,
} from './forms.ts';

const digests =
  'root saltCommitment code policy instrumenter instrumented tape inputs symbols functionIndex selection vm previous'.split(
    ' ',
  );
const hashes = (maximum: number): Schema => list(hex(32), maximum);
const salt = hex(16);

/** The members of a proof about a trace. */
export const traceProofMembers = {
  affidavit: word('trace-proof/1'),
  metadata: closed({
    version: { const: 1 },
    count: whole(),
    records: whole(),
    leafEncoding: word('jcs', 'rec16', 'fields'),
    eventsPerLeaf: whole(1),
    time: whole(),
    ...Object.fromEntries(digests.map((name) => [name, hex(32)])),
  }),
  domain: closed({ chainId: whole(), verifyingContract: hex0x(20) }),
  signed: closed({ key: text(344, '^[A-Za-z0-9_-]+$'), signature: hex(64) }),
  leaves: list(
    {
      ...closed(
        {
          index: whole(),
          salt,
          events: list(anyObject, 65_536),
          fields: closed({
            count: whole(0, 4099),
            shown: list(
              closed({ field: whole(), bytes: { type: 'string', pattern: '^([0-9a-f]{2}){0,33}$' }, salt }),
              4096,
            ),
            path: hashes(4096),
          }),
        },
        ['salt', 'events', 'fields'],
      ),
      oneOf: [{ required: ['events'] }, { required: ['fields'] }],
    },
    65_536,
  ),
  nodes: hashes(2 ** 20),
  symbols: list(
    closed({ line: { type: 'string', maxLength: 65_536 }, index: whole(), count: whole(), path: hashes(64) }),
    65_536,
  ),
  functions: list(
    closed(
      {
        function: whole(0, 0xffffffff),
        traced: flag,
        count: whole(),
        events: hex(32),
        salt,
        functions: whole(0, 0xffffffff),
        path: hashes(64),
      },
      ['salt'],
    ),
    65_536,
  ),
  prefix: closed({ root: hex(32), leaves: whole(), path: hashes(128) }),
  zk: anything,
} satisfies Record<string, Schema>;

export const traceProofSchema = published(
  'trace-proof-1',
  'Affidavit proof about an execution trace, version 1',
  'Some events of a signed trace and nothing of the others: canonical JSON (RFC 8785), digests in hex, salts of 16 bytes.',
  closed(traceProofMembers, ['signed', 'prefix', 'zk']),
);
