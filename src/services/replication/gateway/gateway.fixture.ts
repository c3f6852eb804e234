import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { afterEach, beforeEach } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions } from './createGateway.ts';

export const bucket = 'eu-west';
export const keys = { accessKey: 'writer', secretKey: 'a secret of the test' };
export const later = new Date(Date.now() + 3_600_000);
/** Any name of a tuple. */
export const hash = 'ab'.repeat(32);

export let folder: string;
export let gateway: Gateway;
export let client: S3Client;
/** Added to the system's clock for the gateway and the client both. */
let shift = 0;

export function setShift(milliseconds: number): void {
  shift = milliseconds;
}

export function connect(secretAccessKey = keys.secretKey, accessKeyId = keys.accessKey): S3Client {
  return new S3Client({
    endpoint: gateway.endpoint,
    region: 'local',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    systemClockOffset: shift,
  });
}

export async function open(more: Partial<GatewayOptions> = {}): Promise<void> {
  gateway = await createGateway({ folder, bucket, ...keys, clock: () => Date.now() + shift, ...more });
  client = connect();
}

export async function close(): Promise<void> {
  client.destroy();
  await gateway.close();
}

/** A gateway over a fresh folder for each test of the file. */
export function useGateway(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-gateway-'));
    shift = 0;
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
}

export function put(Key: string, content: string, more: Partial<PutObjectCommandInput> = {}) {
  const Body = new TextEncoder().encode(content);
  return client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));
}

export async function read(Key: string, VersionId?: string): Promise<string> {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ...(VersionId ? { VersionId } : {}) }));
  return (await answer.Body?.transformToString()) ?? '';
}

/** What a request was refused with. */
export async function fault(action: Promise<unknown>): Promise<{ name: string; status: number; message: string }> {
  try {
    await action;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode ?? 0, message };
  }
  throw new Error('A refusal was expected.');
}

/** A path as it is, where fetch would tidy it up first. */
export function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      gateway.endpoint,
      { path, method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}
