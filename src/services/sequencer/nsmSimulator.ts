import { createHash } from 'node:crypto';
import { toHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { encodeNitroDocument, encodeNitroPayload, nitroSignatureInput } from './nitroDocument.ts';
import type { AttestationRequest, Nsm } from './nsm.ts';
import { issueBelow, levels, type Issued } from './simulatedCertificates.ts';
import { simulatorRoot } from './simulatorRoot.ts';

export interface NsmSimulatorOptions {
  /** Where the root is kept. */
  readonly stateFolder: string;
  /** PCR 0, 1 and 2, 48 bytes each: what the simulated image is said to measure. */
  readonly measurement: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
}

/** A leaf is replaced this long before it ends, as the device does: a document's time is always well inside every window. */
const renewalSeconds = 900;
const fieldBound = 1_024;

/**
 * A Nitro Security Module made of software, for development: its documents have exactly the shape of real ones and chain to a root of
 * its own, which says in its name that it proves nothing. Real are the form, the signatures and the time; simulated are the isolation and
 * the measurements, which are only what the caller says they are.
 */
export async function createNsmSimulator(options: NsmSimulatorOptions): Promise<Nsm> {
  const now = options.now ?? Date.now;
  const root = await simulatorRoot(options.stateFolder, now());
  const instance = `i-${toHex(crypto.getRandomValues(new Uint8Array(9))).slice(1)}`;
  const moduleId = `${instance}-enc${toHex(crypto.getRandomValues(new Uint8Array(8)))}`;
  const pcrs = registers(options.measurement, instance);
  // Regional, zonal, instance, leaf: replaced from the top where one no longer covers what is below it.
  let path: readonly Issued[] = [];
  let renewal: Promise<void> | undefined;

  async function renew(time: number): Promise<void> {
    if (time < root.certificate.notBefore.getTime() || time > root.certificate.notAfter.getTime()) {
      throw new AuditorError(
        'source',
        'CLOCK_WRONG',
        `This machine's clock shows ${new Date(time).toISOString()}, outside the validity of the simulator's root (${root.certificate.notBefore.toISOString()} to ${root.certificate.notAfter.toISOString()}). Set the clock.`,
      );
    }
    const leafEnd = time + 10_800_000;
    let issuer = root;
    let kept = true;
    const renewed: Issued[] = [];
    for (const [index, level] of levels.entries()) {
      const present = path[index];
      // A new issuer has a new key: everything below it is issued anew as well.
      kept &&= level.name !== 'leaf' && covers(present, time, leafEnd);
      issuer = kept
        ? (present as Issued)
        : await issueBelow(issuer, level, time, level.name === 'leaf' ? moduleId : instance);
      renewed.push(issuer);
    }
    // Swapped at once: a document that is being made at this moment keeps the whole old path.
    path = renewed;
  }

  async function currentPath(time: number): Promise<readonly Issued[]> {
    while (!covers(path.at(-1), time, time + renewalSeconds * 1_000)) {
      renewal ??= renew(time).finally(() => (renewal = undefined));
      await renewal;
    }
    return path;
  }

  return {
    async attest(request: AttestationRequest) {
      checkBounds(request);
      const time = now();
      const chain = await currentPath(time);
      const leaf = chain.at(-1) as Issued;
      const payload = encodeNitroPayload({
        moduleId,
        timestamp: time,
        pcrs,
        certificate: leaf.der,
        cabundle: [root.der, ...chain.slice(0, -1).map(({ der }) => der)],
        publicKey: request.publicKey,
        userData: request.userData,
        nonce: request.nonce,
      });
      const algorithm = { name: 'ECDSA', hash: 'SHA-384' };
      const signature = await crypto.subtle.sign(algorithm, leaf.keys.privateKey, nitroSignatureInput(payload));
      return encodeNitroDocument(payload, new Uint8Array(signature));
    },
    describe() {
      const [pcr0, pcr1, pcr2] = options.measurement;
      return {
        simulated: true,
        rootPem: root.certificate.toString('pem'),
        pcrs: { '0': toHex(pcr0), '1': toHex(pcr1), '2': toHex(pcr2) },
      };
    },
  };
}

/** PCR 4 holds the instance as on AWS, extended once from zeros; the others beyond 2 stay zero, as in most real documents. */
function registers(measurement: NsmSimulatorOptions['measurement'], instance: string): readonly Uint8Array[] {
  const values = Array.from({ length: 16 }, (_, index) => measurement[index] ?? new Uint8Array(48));
  const inner = createHash('sha384').update(instance).digest();
  values[4] = new Uint8Array(createHash('sha384').update(new Uint8Array(48)).update(inner).digest());
  return values;
}

/** The device's own limits (nsm-api, attestation process §2.2). */
function checkBounds(request: AttestationRequest): void {
  for (const [field, value] of Object.entries(request)) {
    if (value instanceof Uint8Array && value.length > fieldBound) {
      throw new AuditorError(
        'internal',
        'NSM_FIELD_LENGTH',
        `The field ${field} of an attestation has at most ${fieldBound} bytes, not ${value.length}.`,
      );
    }
  }
}

function covers(issued: Issued | undefined, from: number, until: number): boolean {
  if (issued === undefined) return false;
  return issued.certificate.notBefore.getTime() <= from && until <= issued.certificate.notAfter.getTime();
}
