import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSamples } from './readSamples.ts';

function answers(body: string, init: ResponseInit = {}): void {
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { 'content-type': 'application/json' }, ...init }));
}

afterEach(() => vi.unstubAllGlobals());

describe('the samples of a host', () => {
  it('are those that its list names', async () => {
    const list = [{ file: 'chain.affidavit.json', title: 'A certificate', trust: 'trust.json' }];
    answers(JSON.stringify(list));
    expect(await readSamples('http://host.example/')).toEqual(list);
  });

  it('never lie outside of their folder', async () => {
    answers(
      JSON.stringify([
        { file: '../local.json', title: 'x' },
        { file: 'https://other.example/x', title: 'y' },
        { file: '/x', title: 'z' },
      ]),
    );
    expect(await readSamples('http://host.example/')).toEqual([]);
  });

  it('are none where there is no list, or another one', async () => {
    answers('[]', { status: 404 });
    expect(await readSamples('http://host.example/')).toEqual([]);
    answers('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    expect(await readSamples('http://host.example/')).toEqual([]);
    answers('{"samples": 1}');
    expect(await readSamples('http://host.example/')).toEqual([]);
  });
});
