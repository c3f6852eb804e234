import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { sealCertificate } from '../envelope.ts';
import { fillTemplate, isCertificatePage, readCertificatePage, templateOf } from './page.ts';

const policy = `default-src 'none'; script-src 'sha256-AAAA='`;
const program = `const t = '<script type="application/vnd.affidavit.certificate" id="certificate">QUJD';`;

function template(system = 'chain'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="affidavit" content="certificate-page/1 ${system}">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script type="application/vnd.affidavit.certificate" id="certificate"></script>
<script type="application/vnd.affidavit.trust" id="given-trust"></script>
<title>Certificate</title>
</head>
<body>
<script id="program">${program}</script>
</body>
</html>
`;
}

function certificate(claim: Record<string, string>, system: 'chain' | 'task' = 'chain'): string {
  return sealCertificate({
    affidavit: 'certificate/1',
    system,
    subject: {},
    claim,
    proof: {},
    anchors: {},
    labels: [],
  });
}

/** What would end the element, or begin another, if it stood in the page as it is. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '</script>',
        '</SCRIPT ',
        '<!--',
        '<script',
        '-->',
        ']]>',
        '\u2028',
        '"',
        '&lt;',
        '\\u003c',
        '=',
        '\n',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('a page that checks itself', () => {
  it('gives back what was put into it, byte for byte, whatever that is, and its template', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 8 }), hostile, { maxKeys: 4 }),
        fc.option(hostile, { nil: undefined }),
        (claim, trust) => {
          const bytes = utf8(certificate(claim));
          const page = fillTemplate(template(), bytes, trust);
          const read = readCertificatePage(page);
          expect(toHex(read.certificate)).toBe(toHex(bytes));
          expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.trust ?? new Uint8Array())).toBe(
            trust ?? '',
          );
          expect(templateOf(page, read.slots)).toBe(template());
          expect(read.system).toBe('chain');
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has no more tags than its template has, whatever is put into it', () => {
    const tags = (text: string) => text.match(/[<>]/g)?.length;
    fc.assert(
      fc.property(hostile, hostile, (value, trust) => {
        expect(tags(fillTemplate(template(), utf8(certificate({ value })), trust))).toBe(tags(template()));
      }),
      { numRuns: 150 },
    );
  });

  it('is read with one result or refused, never with another exception, however it is edited', () => {
    const page = fillTemplate(template(), utf8(certificate({ a: 'x'.repeat(90) })), '{}');
    fc.assert(
      fc.property(fc.nat(page.length), fc.nat(40), hostile, (at, length, text) => {
        const edited = page.slice(0, at) + text + page.slice(at + length);
        try {
          const read = readCertificatePage(edited);
          // Whatever is read leads back to these very bytes: there is one form of a page for its parts.
          const bare = templateOf(edited, read.slots);
          expect(edited.startsWith(bare.slice(0, read.slots[0].start))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes evidence from its one place, not from what looks like it in the program', () => {
    const bytes = utf8(certificate({ a: 'b' }));
    const moved = template().replace(
      '<script type="application/vnd.affidavit.certificate" id="certificate"></script>\n',
      '',
    );
    expect(() => readCertificatePage(moved)).toThrow(FormatError);
    expect(() => readCertificatePage(template())).toThrow('has no certificate');
    expect(toHex(readCertificatePage(fillTemplate(template(), bytes)).certificate)).toBe(toHex(bytes));
  });

  it('refuses base64 in another form than its own', () => {
    const page = fillTemplate(template(), utf8(certificate({ a: 'x'.repeat(200) })));
    const { slots } = readCertificatePage(page);
    const [{ start, end }] = slots;
    for (const edited of [
      page.slice(0, start) + page.slice(start + 1),
      page.slice(0, start + 77) + page.slice(start + 78),
      `${page.slice(0, start + 10)}\n${page.slice(start + 10)}`,
      `${page.slice(0, end)}\n${page.slice(end)}`,
      `${page.slice(0, start + 4)} ${page.slice(start + 5)}`,
    ]) {
      expect(() => readCertificatePage(edited)).toThrow(FormatError);
    }
  });

  it('is made of certificates alone, in the template of their system', () => {
    const made = (bytes: Uint8Array, page = template()) => {
      try {
        fillTemplate(page, bytes);
        return undefined;
      } catch (error) {
        return error instanceof AuditorError ? error.code : error;
      }
    };
    expect(made(utf8('{}'))).toBe('PAGE_CERTIFICATE');
    expect(made(utf8(` ${certificate({})}`))).toBe('PAGE_CERTIFICATE');
    expect(made(Uint8Array.of(0xff))).toBe('PAGE_CERTIFICATE');
    expect(made(utf8(certificate({}, 'task')))).toBe('PAGE_TEMPLATE');
    expect(made(utf8(certificate({}, 'task')), template('task'))).toBeUndefined();
    expect(made(utf8(certificate({})), 'no template')).toBe('PAGE_TEMPLATE');
    expect(made(utf8(certificate({})), fillTemplate(template(), utf8(certificate({}))))).toBe('PAGE_TEMPLATE');
  });

  it('is looked into where a file is read, and is then the certificate', () => {
    const text = certificate({ a: '</script>' });
    const content = readContent('mail.html', utf8(fillTemplate(template(), utf8(text), '{"a":1}')));
    expect(content.text).toBe(text);
    expect(toHex(content.fileBytes)).toBe(toHex(utf8(text)));
    expect(content.page).toMatchObject({ system: 'chain', hasTrust: true });
  });

  it('is left as it is where it cannot be read, or is another page', () => {
    for (const text of [template(), '<!doctype html>\n<html lang="en"><p>Hello']) {
      const content = readContent('mail.html', utf8(text));
      expect(content.text).toBe(text);
      expect(content.page).toBeUndefined();
      expect(isCertificatePage(text)).toBe(text === template());
    }
  });
});
