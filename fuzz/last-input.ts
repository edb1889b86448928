/** Bytes of an input that are kept for those who watch; findings that need more are rare. */
const KEPT = 1_048_576

/** Memory in which a searching thread leaves its last input: how many there were, its length, its bytes. */
export function lastInput(): SharedArrayBuffer {
  return new SharedArrayBuffer(8 + KEPT)
}

export function writeLast(last: SharedArrayBuffer, input: Uint8Array): void {
  const head = new Int32Array(last, 0, 2)
  const kept = input.subarray(0, KEPT)
  new Uint8Array(last, 8).set(kept)
  head[1] = kept.length
  Atomics.add(head, 0, 1)
}

/** How many inputs there were, and the last. */
export function readLast(last: SharedArrayBuffer): { readonly inputs: number; readonly input: Uint8Array } {
  const [inputs = 0, length = 0] = new Int32Array(last, 0, 2)
  return { inputs, input: new Uint8Array(last.slice(8, 8 + length)) }
}
