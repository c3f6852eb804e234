import wasmUrl from '@evervault/wasm-attestation-bindings/index_bg.wasm?url';
import { fixtureName, preparePieces, type Piece, type TeeFixture, type TeePieces } from '../measure.ts';
import type { Answer } from './page.ts';

// One worker does all of it, as one of the product's would.
const prepared: Promise<TeePieces> = (async () => {
  // The worker's own address is a blob's, from which no other can be told.
  const get = (address: string) => fetch(new URL(address, import.meta.url));
  const fixture = (await (await get(`/fixture/${fixtureName}`)).json()) as TeeFixture;
  return preparePieces(fixture, await (await get(wasmUrl)).arrayBuffer());
})();

async function answer(piece: Piece, count: number): Promise<Answer> {
  const work = (await prepared)[piece];
  if (!work) return { milliseconds: null };
  const start = performance.now();
  await work(count);
  return { milliseconds: performance.now() - start };
}

globalThis.onmessage = ({ data }: MessageEvent<{ readonly piece: Piece; readonly count: number }>) => {
  answer(data.piece, data.count).then(
    (reply) => postMessage(reply),
    (error: unknown) => postMessage({ fault: String(error) } satisfies Answer),
  );
};
