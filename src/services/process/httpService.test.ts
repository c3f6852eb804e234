import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from './httpFault.ts';
import { createHttpService, type HttpService, type HttpServiceOptions } from './httpService.ts';
import { createJsonServer } from './jsonServer.ts';
import { ioFault } from './ioFault.ts';
import { readBody } from './readBody.ts';
import { sendJson } from './sendJson.ts';
import { serviceFault } from './serviceFault.ts';

let service: HttpService | undefined;
afterEach(() => service?.close());

async function serve(answer: HttpServiceOptions['answer'], more: Partial<HttpServiceOptions> = {}): Promise<string> {
  service = await createHttpService({ name: 'the example', answer, ...more });
  return service.url;
}

function gate(): [passed: Promise<void>, pass: () => void] {
  let pass = (): void => undefined;
  const passed = new Promise<void>((resolve) => (pass = resolve));
  return [passed, () => pass()];
}

async function dial(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

test('what is left of a body that was refused is not taken for the next request', async () => {
  const asked: string[] = [];
  const url = await serve(async (request, response) => {
    asked.push(request.url ?? '');
    sendJson(response, 200, (await readBody(request, 8)).length);
  });
  const socket = await dial(url);
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
  socket.write(`POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close[^]*"code":"TOO_LONG"/);
  expect(asked).toEqual(['/first']);
});

test('a body without a declared length is cut off at the bound, and each part is told before it is kept', async () => {
  const told: number[] = [];
  const url = await serve(async (request, response) => {
    await readBody(request, 100, {
      onPart: (bytes) => {
        told.push(bytes);
        if (bytes > 20) throw new HttpFault(429, 'FULL', 'Words.');
      },
    });
    sendJson(response, 200, null);
  });
  const send = async (length: number) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(length));
        controller.close();
      },
    });
    const answer = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
    return [answer.status, ((await answer.json()) as { code: string } | null)?.code];
  };
  expect([await send(10), await send(30), await send(101)]).toEqual([
    [200, undefined],
    [429, 'FULL'],
    [413, 'TOO_LONG'],
  ]);
  expect(told).toEqual([10, 30]);
});

test('whose fault it was is told, and nothing of what went wrong inside', () => {
  const told = (error: unknown) => {
    const { status, code, message } = serviceFault(error, 'It failed.');
    return [status, code, message];
  };
  expect(told(new FormatError('Words.', 3))).toEqual([400, 'FORM', 'Words.']);
  expect(told(new AuditorError('usage', 'A', 'Words.'))).toEqual([400, 'A', 'Words.']);
  expect(told(new AuditorError('source', 'B', 'Words.'))).toEqual([502, 'B', 'Words.']);
  expect(told(new AuditorError('internal', 'C', 'Words.'))).toEqual([500, 'C', 'Words.']);
  expect(told(new Error('secret'))).toEqual([500, 'INTERNAL', 'It failed.']);
});

test('where the disk fails, whoever asked is told no path of this machine, and whoever runs it is', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const fault = ioFault('The file /home/somebody/state/votes/1.json could not be written', full);
    const url = await serve(() => Promise.reject(fault), { faultOf: (error) => serviceFault(error, 'It failed.') });
    const answer = await fetch(`${url}/votes`);
    const told = await answer.text();
    expect([answer.status, JSON.parse(told)]).toMatchObject([502, { code: 'IO_ENOSPC' }]);
    expect(told).not.toContain('somebody');
    expect(said.mock.calls.join()).toMatch(/^the example failed at GET \/votes: IO_ENOSPC: .*somebody/);
  } finally {
    said.mockRestore();
  }
});

test('an answer under way is waited for when it is closed; with no grace it is ended', async () => {
  for (const grace of [600_000, 0]) {
    const [begun, begin] = gate();
    const [goOn, open] = gate();
    const url = await serve(
      async (_, response) => {
        begin();
        await goOn;
        sendJson(response, 200, 'whole');
      },
      { grace },
    );
    const answer = fetch(url, { headers: { Connection: 'close' } }).then(
      (response) => response.json(),
      () => 'ended',
    );
    await begun;
    const closed = service?.close();
    if (grace === 0) await closed;
    open();
    expect(await answer).toBe(grace === 0 ? 'ended' : 'whole');
    await closed;
  }
});

test('members that every object has are members like others', async () => {
  const asked: unknown[] = [];
  service = await createJsonServer({
    name: 'the example',
    answer: async (_method, _path, body) => {
      asked.push(Object.keys(body), ({} as Record<string, unknown>)['polluted']);
      return { body: null };
    },
  });
  const ask = (body: string) => fetch(service?.url ?? '', { method: 'POST', body });
  expect((await ask('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')).status).toBe(200);
  expect(asked).toEqual([['__proto__', 'constructor'], undefined]);
  expect((await ask('{"a":1,"a":2}')).status).toBe(400);
  expect((await ask('['.repeat(30) + ']'.repeat(30))).status).toBe(400);
});
