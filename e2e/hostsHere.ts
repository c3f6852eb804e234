import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askService } from '../src/audit/host/askService.ts';
import { hostDigest, readHostCredential } from '../src/core/host/hostCredential.ts';
import { createPageServer } from '../src/services/start/pageServer.ts';
import { openHostNetwork, type HostNetwork } from '../src/services/validator/openHostNetwork.ts';
import { builtPage } from './builtPage.ts';

/** A host and five validators, each a process, and the built page on a server that announces them. */
export interface HostsForTest {
  readonly network: HostNetwork;
  /** With a slash at its end. */
  readonly page: string;
  /** Takes a credential back. */
  revoke(digest: string): Promise<void>;
  /** Address of the same host, which takes every credential back as soon as it has given it. */
  startTurncoat(): Promise<string>;
  close(): Promise<void>;
}

export async function openHostsForTest(): Promise<HostsForTest> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-e2e-hosts-'));
  const network = await openHostNetwork({ folder });
  const { host, validators, trust } = network;
  const [policy] = trust.hosts ?? [];
  const hosts = {
    trust: { affidavit: 'trust/1', ...trust },
    host: { did: host.did, url: host.url },
    validators: validators.map(({ did, url }) => {
      const { operator = '', region = '' } = policy?.validators.find((each) => each.did === did) ?? {};
      return { did, url, operator, region };
    }),
  };
  const local = { affidavit: 'local/1', trust: { affidavit: 'trust/1' }, writer: null, hosts };
  const server = await createPageServer({ folder: builtPage(), port: 0, local: () => local });
  const servers: Server[] = [];
  const revoke = async (digest: string): Promise<void> => {
    const token = (await readFile(join(folder, 'host', 'operator-token'), 'utf8')).trim();
    await askService(`${host.url}/revoke`, { digest, token });
  };
  return {
    network,
    page: server.url,
    revoke,
    async startTurncoat() {
      const turncoat = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => void chunks.push(chunk));
        request.on('end', () => {
          const body = Buffer.concat(chunks);
          response.setHeader('Access-Control-Allow-Origin', '*');
          response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
          if (request.method === 'OPTIONS') return void response.writeHead(204).end();
          const asked = body.length > 0 ? (JSON.parse(body.toString()) as unknown) : undefined;
          askService(`${host.url}${request.url ?? '/'}`, asked).then(
            async (answer) => {
              if (request.url === '/attest')
                await revoke(hostDigest(readHostCredential(answer['credential'] ?? null).json));
              response.setHeader('Content-Type', 'application/json');
              response.end(JSON.stringify(answer));
            },
            () => void response.writeHead(502).end('{}'),
          );
        });
      });
      servers.push(turncoat);
      await new Promise<void>((resolve) => turncoat.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(turncoat.address() as AddressInfo).port}`;
    },
    async close() {
      for (const each of servers) {
        each.closeAllConnections();
        each.close();
      }
      await server.close();
      await network.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
