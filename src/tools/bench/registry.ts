import { anchorBench } from './anchorBench.ts';
import { captureBench } from './captureBench.ts';
import { cborBench } from './cborBench.ts';
import { certificateBench } from './certificateBench.ts';
import { chainBench } from './chainBench.ts';
import { contractsBench } from './contractsBench.ts';
import { crashBench } from './crashBench.ts';
import { documentBench } from './documentBench.ts';
import { evmBench } from './evmBench.ts';
import type { Bench } from './figure.ts';
import { hostBench } from './hostBench.ts';
import { networkBench } from './networkBench.ts';
import { pageBench } from './pageBench.ts';
import { shardBench } from './shardBench.ts';
import { teeBench } from './teeBench.ts';
import { traceHashBench } from './traceHashBench.ts';
import { zkBench } from './zkBench.ts';

/** Every bench, in the order in which they run; a new one is one line here. */
export const benches: readonly Bench[] = [
  certificateBench,
  cborBench,
  shardBench,
  documentBench,
  teeBench,
  traceHashBench,
  evmBench,
  contractsBench,
  zkBench,
  captureBench,
  anchorBench,
  hostBench,
  networkBench,
  chainBench,
  pageBench,
  crashBench,
];
