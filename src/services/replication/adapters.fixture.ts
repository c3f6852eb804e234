import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { azureAccount, startAzureDialect } from './azure.fixture.ts';
import { createAzureBucket, sign, type AzureTarget } from './azureBucket.ts';
import { createBucketWriter, type BucketTarget } from './bucketWriter.ts';
import { createGateway } from './gateway/createGateway.ts';
import { googleToken, startGoogleDialect } from './google.fixture.ts';
import { createGoogleBucket, type GoogleTarget } from './googleBucket.ts';
import { createGoogleToken, type ServiceAccount } from './googleToken.ts';
import type { WormBucket } from './wormBucket.ts';

/** A bucket that the contract is run against, and what the contract needs that no adapter should have. */
export interface OpenedAdapter {
  readonly bucket: WormBucket;
  /** The same bucket with credentials that are wrong. */
  readonly stranger: WormBucket;
  /** Where anybody reads, without credentials. */
  readonly publicUrl: string;
  /** Tries to delete the stored version for good. @returns the HTTP status */
  remove(name: string): Promise<number>;
  close(): Promise<void>;
}

export interface Adapter {
  readonly name: string;
  /** Undefined where it can be run; else why it cannot, in words. */
  readonly missing: string | undefined;
  open(): Promise<OpenedAdapter>;
}

const environment = process.env;
const unset = (...names: string[]): string | undefined => {
  const without = names.filter((name) => !environment[name]);
  return without.length === 0 ? undefined : `${without.join(', ')} not set`;
};

export const adapters: readonly Adapter[] = [
  {
    name: 'S3 dialect, the gateway',
    missing: undefined,
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'affidavit-contract-'));
      const credentials = { accessKey: 'writer', secretKey: 'a secret of the test' };
      const gateway = await createGateway({ folder, bucket: 'contract', ...credentials });
      const target = { bucket: 'contract', region: 'local', endpoint: gateway.endpoint, credentials, pathStyle: true };
      return openS3(target, gateway.url, async () => {
        await gateway.close();
        await rm(folder, { recursive: true, force: true });
      });
    },
  },
  {
    name: 'S3 dialect, Ceph RGW',
    missing: unset('RGW_ENDPOINT'),
    async open() {
      const endpoint = environment.RGW_ENDPOINT ?? '';
      const { RGW_ACCESS_KEY: accessKey = 'A', RGW_SECRET_KEY: secretKey = 'S' } = environment;
      const target = {
        bucket: `contract-${randomBytes(6).toString('hex')}`,
        region: 'us-east-1',
        endpoint,
        credentials: { accessKey, secretKey },
        pathStyle: true,
      };
      await makeBucket(target);
      return openS3(target, `${endpoint.replace(/\/$/, '')}/${target.bucket}`, async () => undefined);
    },
  },
  {
    name: 'Amazon S3',
    missing: unset('S3_BUCKET', 'AWS_REGION'),
    async open() {
      const { S3_BUCKET: bucket = '', AWS_REGION: region = '' } = environment;
      return openS3({ bucket, region }, `https://${bucket}.s3.${region}.amazonaws.com`, async () => undefined);
    },
  },
  {
    name: 'Azure Blob Storage, documented behaviour, not verified',
    missing: undefined,
    async open() {
      const dialect = await startAzureDialect('contract');
      return openAzure(
        { kind: 'azure', ...azureAccount, container: 'contract', endpoint: dialect.endpoint },
        dialect.close,
      );
    },
  },
  {
    name: 'Azure Blob Storage, the service',
    missing: unset('AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_KEY', 'AZURE_STORAGE_CONTAINER'),
    async open() {
      const { AZURE_STORAGE_ACCOUNT: account = '', AZURE_STORAGE_KEY: accountKey = '' } = environment;
      const container = environment.AZURE_STORAGE_CONTAINER ?? '';
      const endpoint = `https://${account}.blob.core.windows.net`;
      return openAzure({ kind: 'azure', account, accountKey, container, endpoint }, async () => undefined);
    },
  },
  {
    name: 'Google Cloud Storage, documented behaviour, not verified',
    missing: undefined,
    async open() {
      const dialect = await startGoogleDialect('contract');
      const token = async () => googleToken;
      return openGoogle({ kind: 'google', bucket: 'contract', token, endpoint: dialect.endpoint }, dialect.close);
    },
  },
  {
    name: 'Google Cloud Storage, the service',
    missing: unset('GCS_BUCKET', 'GOOGLE_APPLICATION_CREDENTIALS'),
    async open() {
      const key = JSON.parse(
        await readFile(environment.GOOGLE_APPLICATION_CREDENTIALS ?? '', 'utf8'),
      ) as ServiceAccount;
      const target = {
        kind: 'google' as const,
        bucket: environment.GCS_BUCKET ?? '',
        token: createGoogleToken(key),
        endpoint: 'https://storage.googleapis.com',
      };
      return openGoogle(target, async () => undefined);
    },
  },
];

function connect({ region, endpoint, credentials, pathStyle = false }: BucketTarget): S3Client {
  return new S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined
      ? {}
      : { credentials: { accessKeyId: credentials.accessKey, secretAccessKey: credentials.secretKey } }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** With Object Lock and so with versions, readable by everybody. */
async function makeBucket(target: BucketTarget): Promise<void> {
  const client = connect(target);
  await client.send(new CreateBucketCommand({ Bucket: target.bucket, ObjectLockEnabledForBucket: true }));
  const allow = (actions: readonly string[], resource: string) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: actions.map((action) => `s3:${action}`),
    Resource: [resource],
  });
  const arn = `arn:aws:s3:::${target.bucket}`;
  const Statement = [
    allow(['GetObject', 'GetObjectVersion'], `${arn}/*`),
    allow(['ListBucket', 'ListBucketVersions'], arn),
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: target.bucket, Policy }));
  client.destroy();
}

function openS3(target: BucketTarget, publicUrl: string, close: () => Promise<void>): OpenedAdapter {
  const client = connect(target);
  const { bucket: Bucket } = target;
  return {
    bucket: createBucketWriter(target),
    stranger: createBucketWriter({ ...target, credentials: { accessKey: 'stranger', secretKey: 'not a secret' } }),
    publicUrl,
    async remove(Key) {
      const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
      const VersionId = Versions?.find((version) => version.Key === Key)?.VersionId;
      if (VersionId === undefined) throw new Error(`${Key} has no version.`);
      try {
        const answer = await client.send(
          new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true }),
        );
        return answer.$metadata.httpStatusCode ?? 0;
      } catch (error) {
        return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
      }
    },
    async close() {
      client.destroy();
      await close();
    },
  };
}

function openAzure(target: AzureTarget & { readonly endpoint: string }, close: () => Promise<void>): OpenedAdapter {
  const { account, accountKey, container, endpoint } = target;
  return {
    bucket: createAzureBucket(target),
    stranger: createAzureBucket({ ...target, accountKey: Buffer.from('not the key').toString('base64') }),
    publicUrl: `${endpoint}/${container}`,
    async remove(name) {
      const url = new URL(`${endpoint}/${container}/${name}`);
      const headers = { 'x-ms-version': '2021-12-02', 'x-ms-date': new Date().toUTCString() };
      const authorization = sign({ method: 'DELETE', url, headers, length: 0 }, account, accountKey);
      return (await fetch(url, { method: 'DELETE', headers: { ...headers, Authorization: authorization } })).status;
    },
    close,
  };
}

function openGoogle(target: GoogleTarget & { readonly endpoint: string }, close: () => Promise<void>): OpenedAdapter {
  const { bucket, endpoint, token } = target;
  return {
    bucket: createGoogleBucket(target),
    stranger: createGoogleBucket({ ...target, token: async () => 'not a token' }),
    publicUrl: `${endpoint}/${bucket}`,
    async remove(name) {
      const url = `${endpoint}/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`;
      return (await fetch(url, { method: 'DELETE', headers: { Authorization: `Bearer ${await token()}` } })).status;
    },
    close,
  };
}
