/** Signatures verified by WebCrypto under one algorithm, and the milliseconds that this took. */
export interface VerifyTime {
  count: number;
  milliseconds: number;
}

/** By the names of WebCrypto: `ECDSA`, `RSASSA-PKCS1-v1_5`, `Ed25519`. */
export type VerifyTimes = Record<string, VerifyTime>;

const channelName = 'affidavit-bench';

/** From now on this thread's verifications are timed, each from its call to its answer. */
export function timeVerify(): VerifyTimes {
  const times: VerifyTimes = {};
  const verify = crypto.subtle.verify.bind(crypto.subtle);
  crypto.subtle.verify = async (algorithm, ...rest) => {
    const start = performance.now();
    const answer = await verify(algorithm, ...rest);
    const time = (times[typeof algorithm === 'string' ? algorithm : algorithm.name] ??= { count: 0, milliseconds: 0 });
    time.count += 1;
    time.milliseconds += performance.now() - start;
    return answer;
  };
  return times;
}

/** Tells its times since it was last asked to whoever asks on the channel: the protocol of the worker's own messages is left alone. */
export function answerTotals(times: VerifyTimes): void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }) => {
    if (data !== 'totals?') return;
    channel.postMessage(times);
    for (const name of Object.keys(times)) delete times[name];
  };
}

/** The times of all `workers` workers that there are together, each since it was last asked. */
export function takeTotals(workers: number): Promise<VerifyTimes> {
  const sum: VerifyTimes = {};
  const channel = new BroadcastChannel(channelName);
  let left = workers;
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<VerifyTimes>) => {
      for (const [name, { count, milliseconds }] of Object.entries(data)) {
        const time = (sum[name] ??= { count: 0, milliseconds: 0 });
        time.count += count;
        time.milliseconds += milliseconds;
      }
      left -= 1;
      if (left > 0) return;
      channel.close();
      resolve(sum);
    };
    channel.postMessage('totals?');
  });
}
