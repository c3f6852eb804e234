import { describe, expect, it } from 'vitest';
import { companions } from '../../core/kinds/companion.ts';
import { companionsOf, goesWith, matchFiles, takesFiles } from './companionsOf.ts';
import { timesOf } from './timeChoice.ts';

const bytes = new Uint8Array([1]);
const vcek = companions.find(({ name }) => name === 'amd-vcek');
const make = (id: number, kind: string | undefined, batch: number, companion = undefined as typeof vcek) => ({
  id,
  name: `${id}`,
  kind,
  batch,
  companion,
  file: kind === undefined ? undefined : { id, name: `${id}`, bytes, size: 1 },
});

describe('what is judged together', () => {
  const report = make(1, 'sev-snp', 1);
  const key = make(2, 'unknown', 2, vcek);
  const other = make(3, 'unknown', 1);
  const stranger = make(4, 'unknown', 3);
  const nitro = make(5, 'nitro', 2);
  const equivocation = make(6, 'equivocation', 4);
  const certificate = make(7, 'certificate', 5);
  const unread = make(8, undefined, 1);
  const files = [report, key, other, stranger, nitro, equivocation, certificate, unread];
  const ids = (own: ReturnType<typeof make>) => companionsOf(own, files).map(({ id }) => id);

  it('is evidence with companions of its kind whenever they came, and with unknown files that came along', () => {
    expect(ids(report)).toEqual([2, 3]);
    expect(ids(nitro)).toEqual([]);
    expect(ids(certificate)).toEqual([6]);
  });

  it('is nothing for files that are no evidence', () => {
    for (const file of [key, other, unread, make(9, 'trust', 1)]) expect(companionsOf(file, files)).toEqual([]);
  });

  it('can be asked from the other side', () => {
    expect(goesWith(key, files)).toEqual([report]);
    expect(goesWith(equivocation, files)).toEqual([certificate]);
    expect(goesWith(stranger, files)).toEqual([]);
  });

  it('must share a name in a crowd that came together', () => {
    const named = (id: number, kind: string, name: string) => ({ ...make(id, kind, 9), name });
    const own = named(100, 'certificate', 'f/one.affidavit.json');
    const data = named(101, 'unknown', 'f/one.csv');
    const rest = Array.from({ length: 20 }, (_, index) => named(200 + index, 'unknown', `f/${index}.csv`));
    expect(companionsOf(own, [own, data, ...rest.slice(0, 3)])).toHaveLength(4);
    expect(companionsOf(own, [own, data, ...rest])).toEqual([data]);
    const { beside, serves } = matchFiles([own, data, ...rest]);
    expect([...beside.keys()]).toEqual([100]);
    expect([...serves]).toEqual([[101, [own]]]);
  });

  it('can grow only where a kind takes files', () => {
    expect(takesFiles('sev-snp')).toBe(true);
    expect(takesFiles('certificate')).toBe(true);
    expect(takesFiles('trust')).toBe(false);
  });
});

describe('the time that is judged at', () => {
  it('is the evidence’s own unless a person chose one', () => {
    expect(timesOf({ by: 'evidence' }, 5)).toEqual({ now: 5 });
    expect(timesOf({ by: 'own', at: undefined }, 5)).toEqual({ now: 5 });
    expect(timesOf({ by: 'own', at: 3 }, 5)).toEqual({ now: 5, givenTime: 3 });
  });

  it('is the present where that was chosen, however long it takes to judge', () => {
    expect(timesOf({ by: 'now', at: 4 }, 5)).toEqual({ now: 4, givenTime: 4 });
  });
});
