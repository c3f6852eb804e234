import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { parseXml, textOf, type XmlElement } from './xml.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] as string);

function write(element: XmlElement): string {
  const inner = element.children.length > 0 ? element.children.map(write).join('\n ') : escape(element.text);
  return inner === '' ? `<${element.name}/>` : `<${element.name} a="1 > 0">${inner}</${element.name}>`;
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.:-]{0,8}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((each) => each.replaceAll('\0', ''));
const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 5 },
    fc.record({ name, children: fc.constant([]), text }),
    fc.record({ name, children: fc.array(tie('element'), { minLength: 1, maxLength: 4 }), text: fc.constant('') }),
  ),
}));

describe('the XML reader', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(element, (tree) => {
        expect(parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n<!-- made > by hand -->${write(tree)}\n`)).toEqual(
          tree,
        );
      }),
    );
  });

  it('never throws anything but a FormatError, on any text', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '&',
      ';',
      '&#',
      'a',
      '<a>',
      '</a>',
      '"',
      "'",
      '=',
      '<!--',
      '-->',
      '<![CDATA[',
      '<?',
      '\0',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 }), (parts) => {
        try {
          parseXml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('decodes the five named entities and character references', () => {
    expect(parseXml('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>').text).toBe('<>&"\'A😀');
  });

  it.each([
    ['nothing', ''],
    ['text alone', 'hello'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity that is not defined', '<a>&b;</a>'],
    ['an entity without an end', '<a>& b</a>'],
    ['a reference to half a character', '<a>&#xD800;</a>'],
    ['a reference beyond all characters', '<a>&#x110000;</a>'],
    ['CDATA', '<a><![CDATA[b]]></a>'],
    ['an instruction', '<a><?php ?></a>'],
    ['an element that is not closed', '<a><b></b>'],
    ['an end without a beginning', '</a>'],
    ['an end of another element', '<a></b>'],
    ['two outermost elements', '<a/><b/>'],
    ['text between elements', '<a><b/>c</a>'],
    ['an element after text', '<a>c<b/></a>'],
    ['a tag without an end', '<a'],
    ['a comment without an end', '<a><!-- </a>'],
    ['an attribute without quotes', '<a b=c></a>'],
    ['too many levels', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`],
    ['too many elements', `<a>${'<b/>'.repeat(40_001)}</a>`],
    ['too long a name', `<${'a'.repeat(65)}/>`],
    ['too long a document', `<a>${'b'.repeat(8 * 1024 * 1024)}</a>`],
    ['a zero character', '<a>\0</a>'],
  ])('refuses %s', (_what, document) => {
    expect(() => parseXml(document)).toThrow(FormatError);
  });

  it('reads a long run of openings in one pass', () => {
    const before = process.cpuUsage();
    expect(() => parseXml(`<a>${'<b'.repeat(500_000)}`)).toThrow(FormatError);
    expect(() => parseXml(`<a ${'b="'.repeat(500_000)}`)).toThrow(FormatError);
    expect(() => parseXml(`<a${' b="c"'.repeat(160)} !>`)).toThrow(FormatError);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it('finds the text of a child', () => {
    const root = parseXml('<a><b>1</b><b>2</b></a>');
    expect(textOf(root, 'b')).toBe('1');
    expect(textOf(root, 'c')).toBeUndefined();
  });
});
