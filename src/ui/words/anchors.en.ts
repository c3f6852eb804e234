import { words } from './words.ts';

/** Words of the anchors page. */
export const anchors = words('anchors', {
  title: 'What you trust',
  lead: 'Every verdict in this browser rests on these facts and on nothing else. Nothing is pinned without you, and nothing that you drop can pin itself.',
  file: {
    title: 'Your trust file',
    digest: 'Digest of the file',
    holds: '{count} pinned',
    download: 'Download it',
    hint: 'Give the same file to the command line, or to whoever wants to check a certificate as you do.',
    empty:
      'Nothing is pinned yet. Evidence by well-known makers can be judged all the same, under the built-in roots below.',
  },
  import: {
    title: 'Pin from a trust file',
    hint: 'You see what it would change before anything is changed.',
    pick: 'Choose a trust file',
    notTrust: '“{name}” is not a trust file. {reason}',
    notTrustNext:
      'Choose a JSON file that begins with {"affidavit":"trust/1", …}. Certificates and other evidence belong on the check page.',
    heading: 'What “{name}” would pin',
    same: '{count} pinned already.',
    nothing: 'Everything in it is pinned already.',
    contradicts: '“{name}” cannot be pinned beside what is there.',
    pinAll: 'Pin {count}',
    pin: 'Pin',
    discard: 'Put it away',
    changed: { before: 'Pinned now', after: 'In the file' },
    done: '{count} pinned from “{name}”.',
    groups: {
      added: { title: 'New', consequence: 'What rests on these can be told once they are pinned.' },
      changed: {
        title: 'Different',
        consequence:
          'Taking one puts it in place of what is pinned: what held by the old one may then not hold any more. Find out first which of the two is right.',
      },
      removed: {
        title: 'Pinned here, not in the file',
        consequence:
          'These stay, whatever you pin. Taking one out means that what rests on it cannot be told any more.',
      },
    },
    replace: 'Pin this instead',
    replaced: 'Replaced from “{name}”.',
    tookOut: 'Taken out.',
  },
  backup: {
    title: 'Backup',
    text: 'All that this browser keeps of your decisions, as one file: what you trust, which states of hosts you accepted, and what your last audits came to.',
    save: 'Download a backup',
    hint: 'It holds no keys and no evidence. To bring it back, here or in another browser, choose it above like a trust file: you see what it would change before anything is changed.',
    failed: 'The backup could not be made.',
    more: 'Also in this backup',
    brings: 'Accepted states of {hosts}, reminders of {audits}.',
    nothingMore: 'Beside what is trusted the backup brings nothing.',
    restore: 'Take these over',
    restoreHint: 'Where this browser has something of its own about a host or a chain, that stays.',
    restored: 'Taken over: states of {hosts}, reminders of {audits}.',
  },
  builtIn: {
    title: 'Built in',
    roots: {
      nitro: {
        title: 'AWS Nitro Enclaves, root G1',
        uses: 'Nitro documents, and every chain that names no root of its own',
        origin: 'Published by AWS; ships with this program. It cannot be taken out here.',
      },
      amd: {
        title: 'AMD {product} (ARK)',
        uses: 'SEV-SNP reports of {product} processors, and TPM quotes that they vouch for',
        origin: 'Published by AMD (kdsintf.amd.com); ships with this program. It cannot be taken out here.',
      },
      intel: {
        title: 'Intel SGX Root CA',
        uses: 'SGX and TDX quotes, and their collateral',
        origin:
          'Published by Intel (certificates.trustedservices.intel.com); ships with this program. It cannot be taken out here.',
      },
    },
    fingerprint: 'SHA-256 of the certificate',
  },
  chains: {
    title: 'Chains',
    one: 'Chain',
    uses: 'The audit of this chain, and its certificates',
    unpin: 'Unpin this chain',
    open: 'Open the chain',
  },
  others: { title: 'Other anchors' },
  columns: { what: 'What', value: 'To compare', origin: 'Where it came from', action: 'Change' },
  unpin: 'Unpin',
  unpinOne: 'Unpin {name}',
  confirm: {
    title: 'Unpin “{name}”?',
    text: 'Whatever was judged by it can no longer be told. You can pin it again from the trust file.',
    go: 'Unpin it',
  },
  origins: {
    file: 'from the file “{name}”',
    local: 'from the services on this machine',
    certificate: 'as a certificate lists it: “{name}”',
    document: 'on the check page, as named by “{name}”',
    unknown: 'not noted',
  },
  originAt: '{origin}, {when}',
  fault: 'What is stored cannot be read, so nothing counts as pinned: {reason}',
  faultNext: 'Download it to mend it by hand, or start again with nothing pinned.',
  faultReset: 'Start again with nothing pinned',
  /** When a key or an operator counts. */
  ends: { from: 'valid from', until: 'until' } as Readonly<Record<string, string>>,
  uses: {
    nitro: 'Nitro documents on their own',
    jwks: 'Tokens (JWT) on their own',
    issuers: 'Tokens (JWT) on their own',
    sevSnp: 'AMD SEV-SNP reports',
    dcap: 'Intel TDX and SGX quotes',
    tpm: 'TPM quotes',
    zk: 'Zero-knowledge proofs',
    dids: 'Credentials by these identities',
    contexts: 'Credentials that use these vocabularies',
    hosts: 'Host credentials',
    vms: 'Execution traces by these machines',
    auditors: 'Signed reports',
    evm: 'Blocks and events of these ledgers',
  } as Readonly<Record<string, string>>,
} as const);
