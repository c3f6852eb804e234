import { beforeAll, describe, expect, it, vi } from 'vitest';
import { systems } from '../../../core/certificate/envelope.ts';
import type { Code } from '../../../core/verdict/check.ts';
import type { Message } from '../../../core/verdict/messages.ts';
import type { SystemPage } from '../systemPage.ts';

const { pages } = vi.hoisted(() => ({ pages: [] as SystemPage[] }));
vi.mock('../start.ts', () => ({ start: (page: SystemPage) => pages.push(page) }));
// How they judge takes long to load, and has no words.
vi.mock('../../../core/chain/certificate/chainSystem.ts', () => ({ chainSystem: {} }));
vi.mock('../../../core/task/certificate/taskSystem.ts', () => ({ taskSystem: {} }));
vi.mock('../../../core/trace/certificate/traceSystem.ts', () => ({ traceSystem: {} }));
vi.mock('../../../core/host/certificate/hostSystem.ts', () => ({ hostSystem: {} }));
vi.mock('../../../core/network/certificate/networkSystem.ts', () => ({ networkSystem: {} }));

beforeAll(async () => {
  for (const load of Object.values(import.meta.glob(['./*.ts', '!./*.test.ts']))) await load();
}, 600_000);

describe('the templates', () => {
  it('are one for each system', () => {
    expect(pages.map(({ name }) => name).toSorted()).toEqual([...systems].sort());
  });

  it('have the German of just the checks that they have words for', () => {
    for (const { name, messages, german } of pages) {
      expect(Object.keys(german).toSorted(), name).toEqual(Object.keys(messages).toSorted());
      for (const [code, message] of Object.entries(messages) as [Code, Message][]) {
        expect(Object.keys(german[code] ?? {}).toSorted(), `${name} ${code}`).toEqual(Object.keys(message).toSorted());
      }
    }
  });
});
