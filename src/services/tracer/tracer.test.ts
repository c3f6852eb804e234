import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLedger, type Ledger } from '../ledger/startLedger.ts';
import { anchorCases } from './anchorCases.fixture.ts';
import { eventCases } from './eventCases.fixture.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Traces on the local ledger are not tested: there is no anvil here.');

describe.skipIf(anvil === undefined)('traces on the local ledger', () => {
  let folder: string;
  let ledger: Ledger;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-traces-'));
    // Four are the fewest of which one may be at fault; seven processes take twice as long to start.
    ledger = await startLedger({ folder, validators: 4 });
  }, 600_000);

  afterAll(async () => {
    await ledger?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  anchorCases(() => ledger);
  eventCases(() => ledger);
});
