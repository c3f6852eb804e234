import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makePdf, makeZip } from '../../core/archive/archive.fixture.ts';
import { longestAtSight } from '../../core/kinds/content.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import type { ReadFile } from './readFiles.ts';
import { addressIn, mayGoBeside, sortChosen, type Sorted } from './sortChosen.ts';

const trust = utf8('{"affidavit":"trust/1"}');
const data = utf8('time,value\n1,2\n');
const file = (name: string, bytes: Uint8Array) => new File([bytes as Uint8Array<ArrayBuffer>], name);
const beside = { takes: (_file: ReadFile, kind: string) => mayGoBeside(kind) };
const names = ({ taken, others, faults }: Sorted) => ({
  taken: taken.map(({ name }) => name),
  others: others.map(({ name }) => name),
  faults: faults.map(({ name }) => name),
});

describe('files on a screen of its own', () => {
  it('are opened as on the check page, and told apart by what they are', async () => {
    const zip = makeZip([
      { name: 'data.csv', bytes: data },
      { name: 'trust.json', bytes: trust },
      { name: 'locked', bytes: data, flags: 1 },
    ]);
    const found = await sortChosen(
      [
        file('all.zip', zip),
        file('data.csv.gz', gzipSync(data)),
        file('paper.pdf', makePdf([{ name: 'trust.json', bytes: trust }])),
        file('empty', new Uint8Array()),
      ],
      beside,
    );
    expect(names(found)).toEqual({
      taken: ['all.zip/data.csv', 'data.csv.gz/data.csv'],
      others: ['all.zip/trust.json', 'paper.pdf/trust.json'],
      faults: ['all.zip/locked', 'empty'],
    });
    expect(found.taken.map(({ bytes }) => [...bytes])).toEqual([[...data], [...data]]);
  });

  it('have the text around a document taken off, and whose document it is decides', async () => {
    const pasted = utf8('Hello,\n\n```json\n{"affidavit":"trust/1"}\n```\n');
    const found = await sortChosen([file('pasted text', pasted)], { takes: (_file, kind) => kind === 'trust' });
    expect(found.taken.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['{"affidavit":"trust/1"}\n']);
    expect(names(await sortChosen([file('pasted text', pasted)], beside)).others).toEqual(['pasted text']);
  });

  it('stay as they are where their digest is named, archive or not', async () => {
    const packed = new Uint8Array(gzipSync(data));
    const asIs = async ({ bytes }: ReadFile) => bytes.length === packed.length;
    const { taken } = await sortChosen([file('data.csv.gz', packed)], { ...beside, asIs });
    expect(taken).toMatchObject([{ name: 'data.csv.gz', bytes: packed }]);
    expect(
      names(await sortChosen([file('data.csv.gz', packed)], { ...beside, asIs: async () => false })).taken,
    ).toEqual(['data.csv.gz/data.csv']);
  });

  it('that are an address are never taken: they are offered to be fetched', async () => {
    const address = file('where', utf8(' https://evidence.example/a.json\n'));
    const { taken, others } = await sortChosen([address], { takes: () => true });
    expect(taken).toEqual([]);
    expect(addressIn(others[0] as ReadFile)?.href).toBe('https://evidence.example/a.json');
  });
});

it('a page that checks itself is known at sight however long it is, and another long text by its ends alone', () => {
  const page = (start: string, certificate: string) => {
    const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';
    const head = `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="affidavit" content="certificate-page/1 chain">\n${policy}\n`;
    const slot = (id: string, text: string) =>
      `<script type="application/vnd.affidavit.${id === 'certificate' ? id : 'trust'}" id="${id}">${text}</script>\n`;
    return utf8(
      `${start}${head}${slot('certificate', certificate)}${slot('given-trust', '')}${'x'.repeat(longestAtSight)}`,
    );
  };
  const certificate = `\n${btoa('{"affidavit":"certificate/1","system":"chain"}')}\n`;
  expect(kindAtSight('long.html', page('', certificate))?.name).toBe('certificate');
  expect(kindAtSight('long.txt', page(' ', certificate))).toBeUndefined();
});
