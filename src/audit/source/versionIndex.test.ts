import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { bucketOver, closeServers, readText as read } from './bucket.fixture.ts';
import { s3, type StoredObject } from './s3.fixture.ts';
import { VersionIndex, type VersionPager } from './versionIndex.ts';
import type { StoredVersion } from './listing.ts';

afterEach(closeServers);

describe('the versions of many names', () => {
  const objects: StoredObject[] = Array.from({ length: 300 }, (_, k) => ({
    name: `c/seq/${k}`,
    versions: k % 50 === 7 ? [null, `hidden ${k}`] : [`${k}`],
  }));

  it('are listed as a whole after a while, so that most reads cost one request; nothing is hidden', async () => {
    const { bucket, server } = await bucketOver(s3(objects, { pageSize: 100 }));
    for (let k = 0; k < 300; k += 1)
      expect(await read(bucket, `c/seq/${k}`)).toEqual([k % 50 === 7 ? `hidden ${k}` : `${k}`]);
    expect(await read(bucket, 'c/seq/300')).toBe('missing');
    expect(server.requests.filter((each) => each.includes('versions=')).length).toBeLessThan(60);
  });

  it('are known once listed: what is there costs one request, what is not there none, so that no page logs what it did not find', async () => {
    const { bucket, server } = await bucketOver(s3(objects));
    await bucket.list('c/seq/', 1000);
    const listed = server.requests.length;
    expect(await read(bucket, 'c/seq/3')).toEqual(['3']);
    expect(server.requests.length - listed).toBe(1);
    for (let k = 300; k < 500; k += 1) expect(await read(bucket, `c/seq/${k}`)).toBe('missing');
    expect(server.requests.length - listed).toBe(1);
  });

  it('are seen when they are written after the listing', async () => {
    let now = 0;
    const growing = [...objects];
    const { bucket } = await bucketOver((...call) => s3(growing)(call[0], call[1], call[2]), {
      versions: { absentFresh: 1000, now: () => now },
    });
    await bucket.list('c/seq/', 1000);
    growing.push({ name: 'c/seq/300', versions: ['new'] });
    expect(await read(bucket, 'c/seq/300')).toBe('missing');
    now = 1001;
    expect(await read(bucket, 'c/seq/300')).toEqual(['new']);
  });

  it('are read though they are deleted after the listing', async () => {
    const changing = [...objects];
    const { bucket } = await bucketOver((...call) => s3(changing)(call[0], call[1], call[2]));
    await bucket.list('c/seq/', 1000);
    changing[3] = { name: 'c/seq/3', versions: [null, '3'] };
    changing[4] = { name: 'c/seq/4', versions: [] };
    expect(await read(bucket, 'c/seq/3')).toEqual(['3']);
    expect(await read(bucket, 'c/seq/4')).toBe('missing');
  });

  it('are asked for one by one again once the listing is old', async () => {
    let now = 0;
    const { bucket, server } = await bucketOver(s3(objects), {
      versions: { patience: 1, fresh: 1000, now: () => now },
    });
    for (let k = 0; k < 5; k += 1) await read(bucket, `c/seq/${k}`);
    const costOfOne = async () => {
      const before = server.requests.length;
      await read(bucket, 'c/seq/9');
      return server.requests.length - before;
    };
    // Nobody waits for the listing.
    await expect.poll(costOfOne).toBe(1);
    now = 2000;
    expect(await costOfOne()).toBe(2);
  });

  it('beyond what was listed are asked for one by one', async () => {
    const { bucket } = await bucketOver(s3(objects, { pageSize: 100 }), { versions: { patience: 1, pages: 1 } });
    for (let k = 0; k < 300; k += 1)
      expect(await read(bucket, `c/seq/${k}`)).toEqual([k % 50 === 7 ? `hidden ${k}` : `${k}`]);
  });
});

describe('a listing', () => {
  const objects: StoredObject[] = Array.from({ length: 25 }, (_, k) => ({
    name: `c/seq/${String(k).padStart(2, '0')}`,
    versions: [`${k}`],
  }));
  const names = objects.map(({ name }) => name);

  it('names what is there over several pages, and what a delete marker hides', async () => {
    const hidden = { name: 'c/seq/99', versions: [null, 'x'] };
    const { bucket } = await bucketOver(s3([...objects, hidden, { name: 'd/x', versions: ['y'] }], { pageSize: 10 }));
    expect(await bucket.list('c/', 1000)).toEqual([...names, 'c/seq/99']);
    expect(await bucket.list('c/', 12)).toEqual(names.slice(0, 12));
    expect(await bucket.list('none/', 12)).toEqual([]);
  });

  it('names what is there where versions are not listed', async () => {
    const { bucket } = await bucketOver(s3(objects, { pageSize: 10, versions: false }));
    expect(await bucket.list('c/', 1000)).toEqual(names);
  });

  it('is empty where it is refused', async () => {
    const { bucket } = await bucketOver(s3(objects, { versions: false, listing: false }));
    expect(await bucket.list('c/', 1000)).toEqual([]);
  });

  it.each([
    ['no XML', 'hello'],
    ['another document', '<Error/>'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe])],
    ['a page without its token', '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>'],
    ['names without a name', '<ListBucketResult><Contents/></ListBucketResult>'],
  ])('is empty where it is %s', async (_what, body) => {
    const { bucket } = await bucketOver((_path, _query, response) => void response.end(body));
    expect(await bucket.list('c/', 1000)).toEqual([]);
  });

  it('names nothing outside the prefix, and ends though its pages do not', async () => {
    const page =
      '<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken><Contents><Key>c/1</Key></Contents><Contents><Key>d/1</Key></Contents>';
    const { bucket, server } = await bucketOver((_path, query, response) => {
      if (query.has('versions')) response.writeHead(403).end();
      else response.end(`<ListBucketResult>${page}</ListBucketResult>`);
    });
    expect(await bucket.list('c/', 3000)).toEqual(['c/1']);
    expect(server.requests.length).toBeLessThan(20);
  });
});

/** Versions of a name as a listing has them, newest first; false stands for a delete marker. */
function versionsOf(name: string, live: readonly boolean[]): StoredVersion[] {
  return live.map((isLive, index) => ({ name, versionId: `${index}`, isLatest: index === 0, isMarker: !isLive }));
}

function pagerOver(all: readonly StoredVersion[], pageSize: number): VersionPager {
  return async (prefix, from) => {
    const matching = all.filter(({ name }) => name.startsWith(prefix));
    const start = from
      ? matching.findIndex(({ name, versionId }) => name === from.key && versionId === from.versionId) + 1
      : 0;
    const versions = matching.slice(start, start + pageSize);
    const last = versions.at(-1);
    const next = last && start + pageSize < matching.length ? { key: last.name, versionId: last.versionId } : undefined;
    return { versions, next };
  };
}

describe('the index of versions', () => {
  const folder = fc.dictionary(
    fc.stringMatching(/^[0-9]{1,3}$/),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
    { maxKeys: 12 },
  );

  it('says the same of every name whether it was listed or asked for, whatever the pages and their number', async () => {
    await fc.assert(
      fc.asyncProperty(
        folder,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 6 }),
        async (objects, pageSize, pages) => {
          const names = Object.keys(objects)
            .map((name) => `c/seq/${name}`)
            .toSorted();
          const all = names.flatMap((name) => versionsOf(name, objects[name.slice(6)] ?? []));
          const index = new VersionIndex(pagerOver(all, pageSize), { pages, now: () => 0 });
          // One page holds all versions of a name here, as S3's pages of a thousand do.
          const alone = new VersionIndex(pagerOver(all, 1000), { now: () => 0 });
          const listed = await index.list('c/seq/');
          expect(listed).toEqual(names.slice(0, listed.length));
          if (pages * pageSize >= all.length) expect(listed).toEqual(names);
          // What the listing did not reach is asked for, with pages too small for that here.
          const covered = pages * pageSize >= all.length ? [...names, 'c/seq/x'] : listed.slice(0, -1);
          for (const name of covered) {
            expect(await index.stored(name)).toEqual(await alone.ask(name));
          }
        },
      ),
    );
  });

  it('believes no listing that goes back', async () => {
    const versions = [...versionsOf('c/5', [true]), ...versionsOf('c/3', [false, true])];
    const index = new VersionIndex(pagerOver(versions, 1000), { now: () => 0 });
    expect(await index.list('c/')).toEqual(['c/5']);
    expect(await index.stored('c/3')).toEqual([expect.objectContaining({ versionId: '1' })]);
  });

  it('leaves a listing that never ends', async () => {
    let pages = 0;
    const index = new VersionIndex(
      async (_prefix, from) => {
        pages += 1;
        const key = `c/${String(Number(from?.key.slice(2) ?? 0) + 1).padStart(6, '0')}`;
        return { versions: versionsOf(key, [true]), next: { key, versionId: '0' } };
      },
      { pages: 30, now: () => 0 },
    );
    expect(await index.list('c/')).toHaveLength(30);
    expect(pages).toBe(30);
  });
});
