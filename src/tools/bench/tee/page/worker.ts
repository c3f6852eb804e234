import wasmUrl from '@evervault/wasm-attestation-bindings/index_bg.wasm?url';
import { fixtureName, measureTee, type TeeFixture } from '../measure.ts';

// One worker does all of it, as one of the product's would.
async function run(): Promise<void> {
  const fixture = (await (await fetch(`/fixture/${fixtureName}`)).json()) as TeeFixture;
  const wasm = await (await fetch(wasmUrl)).arrayBuffer();
  postMessage({ rates: await measureTee(fixture, wasm) });
}

run().catch((error: unknown) => postMessage({ fault: String(error) }));
