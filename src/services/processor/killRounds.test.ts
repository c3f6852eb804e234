import { expect, test } from 'vitest';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLedger } from '../ledger/startLedger.ts';
import { killRounds } from './killRounds.fixture.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Killed processors of tasks are not tested: there is no anvil here.');

test.skipIf(anvil === undefined)(
  'killed outright while its program runs and when it has run: nothing is left open, done twice or lies about',
  { timeout: 600_000 },
  async () => {
    const ledger = await startLedger({ validators: 1 });
    try {
      const result = await killRounds(ledger, ['running', 'noted ran']);
      expect(result).toMatchObject({ rounds: 2, broken: [], leaked: [], ends: { failed: 1, completed: 1 } });
    } finally {
      await ledger.stop();
    }
  },
);
