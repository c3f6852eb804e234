import { createGateway } from '../../services/replication/gateway/createGateway.ts';
import type { BucketSetting } from './crashFiles.ts';

/** One bucket as a process of its own, so that it can be killed; its only argument is its setting as JSON. */
const gateway = await createGateway(JSON.parse(process.argv[2] ?? '{}') as BucketSetting);
process.stdout.write(`ready ${gateway.url}\n`);
