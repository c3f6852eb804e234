import { describe, expect, it } from 'vitest';
import { companions } from './companion.ts';
import { crowd, isCompanionOf, matchCompanions, type Together } from './companionOf.ts';

const vcek = companions.find(({ name }) => name === 'amd-vcek');
const file = (name: string, kind: string, companion?: typeof vcek): Together => ({ name, kind, companion });
const report = file('r.bin', 'sev-snp');
const nitro = file('n.bin', 'nitro');
const certificate = file('a/one.affidavit.json', 'certificate');
const key = file('k.der', 'unknown', vcek);
const data = file('a/one.csv', 'unknown');

describe('files that came together', () => {
  it('are matched: companions by kind, evidence that speaks about evidence, and strangers with all, which may name them by digest', () => {
    const equivocation = file('e.json', 'equivocation');
    const matched = matchCompanions([report, nitro, certificate, key, data, equivocation, file('t', 'trust')]);
    expect([...matched.keys()]).toEqual([report, nitro, certificate, equivocation]);
    expect(matched.get(report)).toEqual([key, data]);
    expect(matched.get(nitro)).toEqual([data]);
    expect(matched.get(certificate)).toEqual([data, equivocation]);
    expect(matched.get(equivocation)).toEqual([data]);
  });

  it('must share a name in a crowd', () => {
    const strangers = Array.from({ length: crowd + 1 }, (_, index) => file(`a/${index}.csv`, 'unknown'));
    const other = file('b/one.csv', 'unknown');
    const matched = matchCompanions([certificate, report, key, data, other, ...strangers]);
    expect(matched.get(certificate)).toEqual([data]);
    expect(matched.get(report)).toEqual([key]);
  });

  it('of thousands are matched at once', () => {
    const many = Array.from({ length: 2000 }, (_, index) => [
      file(`${index}.json`, 'certificate'),
      file(`${index}.csv`, 'unknown'),
    ]).flat();
    const matched = matchCompanions(many);
    expect([...matched.values()].every((beside) => beside.length === 1)).toBe(true);
  });

  it('are nothing beside a trust file or what nobody knows', () => {
    expect(isCompanionOf(file('t', 'trust'), data, false)).toBe(false);
    expect(isCompanionOf(data, key, false)).toBe(false);
  });
});
