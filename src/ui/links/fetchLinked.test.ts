import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchLinked, linkedAddress } from './fetchLinked.ts';

const base = 'https://site.example/deep/index.html';
const address = new URL('https://files.example/a/b%20c.json');
const never = new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

function answering(answer: Response | Error) {
  const fetched = vi.fn(() => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('the address of a link', () => {
  test('is of the web, absolute or beside the page', () => {
    expect(linkedAddress('https://a.example/x', base)?.href).toBe('https://a.example/x');
    expect(linkedAddress('samples/x.json', base)?.href).toBe('https://site.example/deep/samples/x.json');
  });

  test.each([
    '',
    'javascript:alert(1)',
    'data:text/plain,x',
    'file:///etc/passwd',
    'https://u:p@a.example/',
    'https://[',
  ])('is refused: %s', (src) => expect(linkedAddress(src, base)).toBeUndefined());

  test('is refused where it is very long', () => {
    expect(linkedAddress(`https://a.example/${'x'.repeat(3000)}`, base)).toBeUndefined();
  });
});

describe('what a link names', () => {
  test('is fetched without cookies and without saying from where', async () => {
    const fetched = answering(new Response('evidence'));
    expect(await fetchLinked(address, never)).toMatchObject({
      name: 'b c.json',
      bytes: new TextEncoder().encode('evidence'),
    });
    expect(fetched).toHaveBeenCalledWith(
      address,
      expect.objectContaining({ credentials: 'omit', referrerPolicy: 'no-referrer' }),
    );
  });

  test.each([
    ['an error', new TypeError('Failed to fetch'), { fault: 'unreachable' }],
    ['a refusal', new Response('no', { status: 404 }), { fault: 'status', code: 404 }],
    ['nothing', new Response(''), { fault: 'empty' }],
    [
      'a long file that says so',
      new Response('x', { headers: { 'content-length': '999999999999' } }),
      { fault: 'long' },
    ],
  ])('answered by %s is told as that', async (_, answer, told) => {
    answering(answer);
    expect(await fetchLinked(address, never)).toEqual(told);
  });

  test('is not read beyond what a file may be long, whatever it says of itself', async () => {
    const megabytes = new Uint8Array(32 * 1024 * 1024);
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(megabytes);
      },
    });
    answering(new Response(endless));
    expect(await fetchLinked(address, never)).toEqual({ fault: 'long' });
    expect(pulled).toBeLessThan(6);
  });
});
