import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../core/tee/field.ts';
import { fieldNodes, nodeAt, visible, walkNodes } from './fieldNodes.ts';
import { segmentAt, segmentsOf } from './segments.ts';

const digest = 'ab'.repeat(32);
const field = (name: string, offset: number, length: number, children?: readonly Field[]): Field => ({
  name,
  evidence: { digest, offset, length },
  ...(children ? { children } : {}),
});

const fields = [
  field('head', 0, 4),
  field('body', 4, 12, [field('a', 4, 4), field('b', 8, 8, [field('c', 10, 2)])]),
  field('flags', 16, 2, [field('bit 0', 16, 2), field('bit 1', 16, 2)]),
  { name: 'nowhere' },
];

describe('the tree of fields', () => {
  const nodes = fieldNodes(fields);

  it('knows where each stands among its own', () => {
    const all = [...walkNodes(nodes)];
    expect(all.map(({ id, level, position, siblings }) => [id, level, position, siblings])).toEqual([
      ['0', 1, 1, 4],
      ['1', 1, 2, 4],
      ['1.0', 2, 1, 2],
      ['1.1', 2, 2, 2],
      ['1.1.0', 3, 1, 1],
      ['2', 1, 3, 4],
      ['2.0', 2, 1, 2],
      ['2.1', 2, 2, 2],
      ['3', 1, 4, 4],
    ]);
    expect(all[4]?.parents.map(({ id }) => id)).toEqual(['1', '1.1']);
  });

  it('shows what is below open fields alone', () => {
    const names = (open: readonly string[]) => visible(nodes, new Set(open)).map(({ field: { name } }) => name);
    expect(names([])).toEqual(['head', 'body', 'flags', 'nowhere']);
    expect(names(['1', '1.1'])).toEqual(['head', 'body', 'a', 'b', 'c', 'flags', 'nowhere']);
    expect(names(['1.1'])).toEqual(['head', 'body', 'flags', 'nowhere']);
  });

  it('opens what an opener finds inside of a field without fields of its own', () => {
    const opened = fieldNodes(fields, ({ name }) => (name === 'head' ? [field('inner', 1, 2)] : []));
    expect(opened[0]?.children.map((node) => node.field.name)).toEqual(['inner']);
    expect(opened[1]?.children).toHaveLength(2);
  });

  it('finds the innermost field that holds some bytes whole', () => {
    const at = (offset: number, length: number) => nodeAt(nodes, { digest, offset, length })?.field.name;
    expect(at(10, 2)).toBe('c');
    expect(at(10, 3)).toBe('b');
    expect(at(7, 2)).toBe('body');
    expect(at(16, 2)).toBe('flags');
    expect(at(0, 20)).toBeUndefined();
    expect(nodeAt(nodes, { digest: 'cd'.repeat(32), offset: 0, length: 1 })).toBeUndefined();
  });
});

describe('runs of bytes', () => {
  it('belong to the innermost field, and to a number rather than to its bits', () => {
    const segments = segmentsOf(fieldNodes(fields), digest, 20);
    expect(segments.map(({ start, end, node }) => [start, end, node?.field.name])).toEqual([
      [0, 4, 'head'],
      [4, 8, 'a'],
      [8, 10, 'b'],
      [10, 12, 'c'],
      [12, 16, 'b'],
      [16, 18, 'flags'],
      [18, 20, undefined],
    ]);
    expect(segmentAt(segments, 11)?.node?.field.name).toBe('c');
    expect(segmentAt(segments, 20)).toBeUndefined();
  });

  it('cover an object without gap or overlap, whatever a document says of its fields', () => {
    const leaf = fc.record({ offset: fc.nat(60), length: fc.nat(60) });
    const tree = fc.array(fc.tuple(leaf, fc.array(leaf, { maxLength: 4 })), { maxLength: 8 });
    fc.assert(
      fc.property(tree, fc.nat(50), (drawn, length) => {
        const made = drawn.map(([{ offset, length: own }, inner], index) =>
          field(
            `${index}`,
            offset,
            own,
            inner.map((each, place) => field(`${index}.${place}`, each.offset, each.length)),
          ),
        );
        const segments = segmentsOf(fieldNodes(made), digest, length);
        let at = 0;
        for (const { start, end } of segments) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBe(length);
        for (let offset = 0; offset < length; offset++) {
          const found = segmentAt(segments, offset);
          expect(found && found.start <= offset && offset < found.end).toBe(true);
        }
      }),
    );
  });
});
