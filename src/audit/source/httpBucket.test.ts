import { afterEach, describe, expect, it } from 'vitest';
import { bucketOver, closeServers, readText as read } from './bucket.fixture.ts';
import { createHttpBucket } from './httpBucket.ts';
import { Origins } from './origin.ts';
import { s3, serve, type TestServer } from './s3.fixture.ts';

const opened: TestServer[] = [];
afterEach(async () => {
  await closeServers();
  for (const server of opened.splice(0)) await server.close();
});

/** A server that knows no versions and no listings, and answers for objects as the test says. */
function plain(
  answer: (response: import('node:http').ServerResponse, times: number) => void,
): Parameters<typeof serve>[0] {
  let times = 0;
  return (_path, query, response) => {
    if (query.size > 0) response.writeHead(403).end();
    else answer(response, (times += 1));
  };
}

describe('a bucket over HTTP', () => {
  it('gives the bytes of a name, and says so where there are none', async () => {
    const { bucket } = await bucketOver(s3([{ name: 'c/seq/1', versions: ['one'] }]));
    expect(await read(bucket)).toEqual(['one']);
    expect(await read(bucket, 'c/seq/2')).toBe('missing');
  });

  it('gives empty bytes for an empty object', async () => {
    const { bucket } = await bucketOver(s3([{ name: 'c/seq/1', versions: [''] }]));
    expect(await read(bucket)).toEqual(['']);
  });

  it('reads what stands behind a delete marker', async () => {
    const { bucket } = await bucketOver(s3([{ name: 'c/seq/1', versions: [null, 'protected'] }]));
    expect(await read(bucket)).toEqual(['protected']);
  });

  it('reads every version, each once', async () => {
    const { bucket } = await bucketOver(s3([{ name: 'c/seq/1', versions: ['three', null, 'one', 'one'] }]));
    expect(((await read(bucket)) as string[]).toSorted()).toEqual(['one', 'three']);
  });

  it('does not take the versions of a longer name for those of its beginning', async () => {
    const { bucket } = await bucketOver(
      s3([
        { name: 'c/seq/1', versions: ['one'] },
        { name: 'c/seq/10', versions: ['b', 'a'] },
      ]),
    );
    expect(await read(bucket)).toEqual(['one']);
  });

  it('keeps the first version though a stranger adds a hundred', async () => {
    const versions = [...Array.from({ length: 100 }, (_, index) => `junk ${index}`), 'protected'];
    const { bucket } = await bucketOver(s3([{ name: 'c/seq/1', versions }]));
    const found = (await read(bucket)) as string[];
    expect(found).toContain('protected');
    expect(found).toContain('junk 0');
    expect(found).toHaveLength(16);
  });

  it('works with a host that knows no versions, and asks it only once', async () => {
    const { bucket, server } = await bucketOver(
      s3([{ name: 'c/seq/1', versions: ['one'] }], { versions: false, listing: false }),
    );
    for (let times = 0; times < 5; times += 1) expect(await read(bucket)).toEqual(['one']);
    expect(server.requests.filter((each) => each.includes('versions'))).toHaveLength(1);
  });

  it.each([403, 404, 410])('takes status %i for "not here"', async (status) => {
    const { bucket, server } = await bucketOver(plain((response) => response.writeHead(status).end()));
    expect(await read(bucket)).toBe('missing');
    expect(server.requests).toHaveLength(2);
  });

  it.each([400, 401, 301, 206, 204])('takes status %i for a bucket that cannot be asked', async (status) => {
    const { bucket } = await bucketOver(
      plain((response) => response.writeHead(status, { Location: '/elsewhere' }).end()),
    );
    expect(await read(bucket)).toBe('down');
  });

  it.each([500, 503, 429])('asks again after status %i', async (status) => {
    const { bucket } = await bucketOver(
      plain((response, times) => (times === 1 ? response.writeHead(status).end() : response.end('one'))),
    );
    expect(await read(bucket)).toEqual(['one']);
  });

  it('is down when it answers 503 twice', async () => {
    const { bucket, server } = await bucketOver(plain((response) => response.writeHead(503).end()));
    expect(await read(bucket)).toBe('down');
    expect(server.requests.filter((each) => !each.includes('?'))).toHaveLength(2);
  });

  it('is down where nothing listens', async () => {
    const { bucket, server } = await bucketOver(() => undefined);
    await server.close();
    expect(await read(bucket)).toBe('down');
    expect(await bucket.list('c/', 10)).toEqual([]);
  });

  it('is down where the name is unknown but its versions cannot be asked for', async () => {
    const { bucket } = await bucketOver((_path, query, response) =>
      response.writeHead(query.size > 0 ? 503 : 404).end(),
    );
    expect(await read(bucket)).toBe('down');
  });

  it('follows no redirect, so that one origin never answers for another', async () => {
    const other = await serve((_path, _query, response) => response.end('from elsewhere'));
    opened.push(other);
    const { bucket } = await bucketOver(
      plain((response) => response.writeHead(302, { Location: `${other.url}/c/seq/1` }).end()),
    );
    expect(await read(bucket)).toBe('down');
    expect(other.requests).toEqual([]);
  });

  it('does not wait for a body that says it is too long', async () => {
    const { bucket } = await bucketOver(
      plain((response) => response.writeHead(200, { 'Content-Length': 1001 }).write('It begins and never ends.')),
    );
    expect(await read(bucket)).toEqual([]);
  });

  it('drops a body without an end as soon as it is too long', async () => {
    const closed: Promise<void>[] = [];
    const { bucket } = await bucketOver(
      plain((response) => {
        const timer = setInterval(() => response.write(Buffer.alloc(400)), 1);
        closed.push(new Promise((resolve) => response.once('close', () => (clearInterval(timer), resolve()))));
      }),
    );
    expect(await read(bucket)).toEqual([]);
    expect(await Promise.all(closed)).toHaveLength(1);
  });

  it('reads a body of exactly the greatest length', async () => {
    const { bucket } = await bucketOver(plain((response) => response.end('x'.repeat(1000))));
    expect(await read(bucket)).toEqual(['x'.repeat(1000)]);
    expect(await bucket.read('c/seq/1', 999)).toEqual([]);
  });

  it('is down when the body ends before the length that was promised', async () => {
    const { bucket } = await bucketOver(
      plain((response) => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('half', () => response.destroy());
      }),
    );
    expect(await read(bucket)).toBe('down');
  });

  it('gives up on a body that drips, once, within its time', async () => {
    const { bucket, server } = await bucketOver(
      plain((response) => {
        const timer = setInterval(() => response.write('.'), 20);
        response.once('close', () => clearInterval(timer));
      }),
      // Long enough for the question before, also where the machine is busy.
      { timeout: 3000 },
    );
    // It would drip for ever.
    expect(await read(bucket)).toBe('down');
    expect(server.requests.filter((each) => !each.includes('?'))).toHaveLength(1);
  });

  it('gives up on a server that accepts and says nothing', async () => {
    const { bucket } = await bucketOver(() => undefined, { timeout: 100 });
    expect(await read(bucket)).toBe('down');
  });

  it('throws the reason when aborted, while it reads, waits or has not begun', async () => {
    const { bucket } = await bucketOver(() => undefined, { origins: new Origins({ concurrency: 1 }) });
    const controller = new AbortController();
    const reads = [1, 2, 3].map((k) => read(bucket, `c/seq/${k}`, 1000, controller.signal));
    const lists = bucket.list('c/', 10, controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 20);
    for (const each of [...reads, lists]) await expect(each).rejects.toThrow('enough');
    await expect(read(bucket, 'c/seq/1', 1000, controller.signal)).rejects.toThrow('enough');
  });

  it('sends nothing that tells who asks', async () => {
    let headers: Record<string, unknown> = {};
    const { bucket } = await bucketOver((_path, _query, response, request) => {
      headers = request.headers;
      response.end('one');
    });
    await read(bucket);
    expect(headers.cookie ?? headers.authorization ?? headers.referer).toBeUndefined();
  });

  it('asks for nothing outside its root', async () => {
    const { bucket, server } = await bucketOver(plain((response) => response.end('secret')));
    for (const name of ['../secret', 'c/../../secret', 'c//secret', './secret', ''])
      expect(await read(bucket, name)).toBe('missing');
    expect(await read(bucket, 'c/a?b#c')).toEqual(['secret']);
    expect(server.requests.filter((each) => !each.includes('versions'))).toEqual(['/c/a%3Fb%23c']);
  });

  it.each([
    'ftp://host/bucket',
    's3://bucket',
    'bucket',
    'https://user:secret@host/',
    'https://host/?a=b',
    'https://host/#a',
    '',
  ])('cannot be made of the address %j', (url) => {
    expect(() => createHttpBucket(url)).toThrow(expect.objectContaining({ kind: 'usage', code: 'BUCKET_URL' }));
  });
});

describe('a dead origin', () => {
  it('is not asked after three failures in a row, then tried again by one request that nobody waits for', async () => {
    let now = 0;
    let alive = false;
    const origins = new Origins({ failures: 3, rest: 1000, now: () => now });
    const { bucket, server } = await bucketOver(
      (_path, _query, response) => (alive ? response.end('one') : response.destroy()),
      { origins, tries: 1 },
    );
    for (let k = 0; k < 20; k += 1) expect(await read(bucket, `c/seq/${k}`)).toBe('down');
    expect(server.requests.length).toBeLessThan(6);
    const before = server.requests.length;
    now = 1001;
    await Promise.all([1, 2, 3, 4].map((k) => read(bucket, `c/seq/${k}`)));
    await expect.poll(() => server.requests.length - before).toBe(1);
    now = 1500;
    expect(await read(bucket)).toBe('down');
    alive = true;
    now = 4000;
    expect(await read(bucket)).toBe('down');
    await expect.poll(() => read(bucket)).toEqual(['one']);
  });

  it('is not waited for twice when it stays silent', async () => {
    const { bucket, server } = await bucketOver(() => undefined, { timeout: 3000 });
    expect(await bucket.list('c/seq/', 10)).toEqual([]);
    for (let k = 0; k < 20; k += 1) expect(await read(bucket, `c/seq/${k}`)).toBe('down');
    // Nobody was asked, so nobody was waited for.
    expect(server.requests).toHaveLength(1);
  });

  it('is a fact of the origin: buckets on the same host share it', async () => {
    const origins = new Origins({ failures: 2, rest: 1000, now: () => 0 });
    const { bucket, server } = await bucketOver((_path, _query, response) => void response.destroy(), { origins });
    const other = createHttpBucket(`${server.url}/other`, { origins });
    await read(bucket);
    const before = server.requests.length;
    expect(await read(other)).toBe('down');
    expect(server.requests.length).toBe(before);
  });

  it('is never asked more at once than allowed', async () => {
    let under = 0;
    let most = 0;
    const { bucket } = await bucketOver(
      (_path, _query, response) => {
        most = Math.max(most, (under += 1));
        setTimeout(() => ((under -= 1), response.end('one')), 5);
      },
      { origins: new Origins({ concurrency: 3 }) },
    );
    await Promise.all(Array.from({ length: 20 }, (_, k) => read(bucket, `c/seq/${k}`)));
    expect(most).toBe(3);
  });
});
