import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { examineHost } from '../../audit/host/examineHost.ts';
import { readLedgers } from '../../audit/host/readLedgers.ts';
import { timeWith } from '../../audit/host/timeWith.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { identityOf } from '../host/identity.ts';
import { createJsonServer } from '../process/jsonServer.ts';
import { openRegistries } from '../host/openRegistries.ts';
import { openP256Key } from '../host/p256Key.ts';
import { secretToken } from '../host/secretToken.ts';
import { registryArguments, registryOptions } from '../host/registryArguments.ts';
import { openHpkeKey } from '../process/hpkeKeyFile.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { createValidator } from './validator.ts';
import { openValidatorJournal } from './validatorJournal.ts';
import { validatorAnswers } from './validatorServer.ts';

const usage = `A validator of hosts; see README.md.

  --state FOLDER --trust FILE --operator NAME --region REGION [--port PORT] [--did key|jwk|web|ethr]
  [--rpc URL --did-registry ADDRESS --revocation-registry ADDRESS]`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      trust: { type: 'string' },
      operator: { type: 'string', default: 'unnamed' },
      region: { type: 'string', default: 'unnamed' },
      port: { type: 'string', default: '0' },
      did: { type: 'string', default: 'key' },
      ...registryOptions,
    },
  });
  const { state, trust, operator, region, port, did } = values;
  if (state === undefined || trust === undefined || !/^\d{1,5}$/.test(port)) {
    throw new AuditorError('usage', 'ARGUMENTS', usage);
  }
  if (did !== 'key' && did !== 'jwk' && did !== 'web' && did !== 'ethr') {
    throw new AuditorError('usage', 'ARGUMENTS', usage);
  }
  const registries = registryArguments(did, values);
  const folder = await stateFolder(state);
  const key = await openP256Key(folder, 'validator-key');
  // Its address is known only when it listens, and stands in a did:web.
  let answers: ReturnType<typeof validatorAnswers> | undefined;
  const server = await createJsonServer({
    name: 'the validator',
    port: Number(port),
    answer: async (method, path, body) => answers?.(method, path, body),
  });
  const ledger = registries && (await openRegistries(folder, registries));
  const identity = await identityOf(did, key, { origin: server.url, ledger });
  const validator = await createValidator({
    identity,
    hpke: await openHpkeKey(join(folder, 'share-key'), 'the shares that were sealed to it open with no other'),
    journal: await openValidatorJournal(folder, Date.now()),
    // Read each time: what its operator takes back counts at once.
    examine: async (credential, files, now) => {
      const trusted = await readTrust(trust);
      const ledgers = await readLedgers(trusted, { now });
      const options = { trust: trusted, demandsThreshold: false, now: timeWith(now, ledgers), ledgers };
      return (await examineHost(credential, files, options)).refusal;
    },
  });
  answers = validatorAnswers(validator, {
    operator,
    region,
    document: identity.document,
    token: await secretToken(folder),
  });
  process.stdout.write(`${JSON.stringify({ listening: server.url, did: validator.did })}\n`);
}

async function readTrust(path: string): Promise<ReturnType<typeof parseTrust>> {
  try {
    return parseTrust(await readFile(path, 'utf8'));
  } catch (error) {
    if (faultCode(error) === undefined) throw error;
    throw ioFault(`The trust file ${path} cannot be read`, error);
  }
}

main().catch((error: unknown) => {
  const known = error instanceof AuditorError && error.kind !== 'internal';
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(known && error.kind === 'usage' ? 2 : 1);
});
