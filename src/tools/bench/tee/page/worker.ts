import wasmUrl from '@evervault/wasm-attestation-bindings/index_bg.wasm?url';
import { fixtureName, preparePieces, type Piece, type TeeFixture, type TeePieces } from '../measure.ts';
import type { Answer } from './page.ts';

// One worker does all of it, as one of the product's would.
const prepared: Promise<TeePieces> = (async () => {
  const fixture = (await (await fetch(`/fixture/${fixtureName}`)).json()) as TeeFixture;
  return preparePieces(fixture, await (await fetch(wasmUrl)).arrayBuffer());
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
