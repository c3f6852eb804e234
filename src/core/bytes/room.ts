/** Bytes of one room. */
export const roomLength = 64 * 1024;

const free: Uint8Array<ArrayBuffer>[] = [];
const keptAtMost = 256;

/**
 * Room for bytes that are needed for a moment. An array of some kilobytes lies outside of the engine's heap, and a new one for every document costs
 * more than what is done with it; so rooms are taken, filled, and given back. What is in one is anything, and nothing may look at it any more
 * once it was given back.
 */
export function takeRoom(): Uint8Array<ArrayBuffer> {
  return free.pop() ?? new Uint8Array(roomLength);
}

export function giveRoom(room: Uint8Array<ArrayBuffer>): void {
  if (free.length < keptAtMost) free.push(room);
}

/** The result of `use`, which has a room for as long as it takes. */
export async function withRoom<Result>(use: (room: Uint8Array<ArrayBuffer>) => Promise<Result>): Promise<Result> {
  const room = takeRoom();
  try {
    return await use(room);
  } finally {
    giveRoom(room);
  }
}
