/** Told how many milliseconds: verifies one signature of ES384 again and again for so long, one after the other, and nothing else; answers how many a second. */
/** About as long as a document of Nitro. */
const documentLength = 4_900;
const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const made = crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']).then(async ({ publicKey, privateKey }) => {
  const message = crypto.getRandomValues(new Uint8Array(documentLength));
  return { publicKey, message, signature: await crypto.subtle.sign(algorithm, privateKey, message) };
});

addEventListener('message', async ({ data: milliseconds }: MessageEvent<number>) => {
  const { publicKey, message, signature } = await made;
  if (milliseconds === 0) return postMessage(0);
  let count = 0;
  const begun = performance.now();
  while (performance.now() - begun < milliseconds) {
    if (!(await crypto.subtle.verify(algorithm, publicKey, signature, message))) throw new Error('It does not hold.');
    count += 1;
  }
  postMessage((count / (performance.now() - begun)) * 1000);
});
