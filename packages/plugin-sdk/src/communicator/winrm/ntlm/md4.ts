/** The round functions of RFC 1320 with the constant, the order of words and the shifts of each. */
const ROUNDS = [
  {
    mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x: number, y: number, z: number) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
]

const BLOCK = 64

/** MD4 (RFC 1320), which NTLM needs of a password and OpenSSL 3 no longer offers. */
export function md4(bytes: Uint8Array): Buffer {
  const message = padded(bytes)
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let at = 0; at < message.length; at += BLOCK) state = digest(state, message.subarray(at, at + BLOCK))
  const result = Buffer.alloc(16)
  state.forEach((word, index) => {
    result.writeInt32LE(word | 0, index * 4)
  })
  return result
}

function padded(bytes: Uint8Array): Buffer {
  const length = Math.ceil((bytes.length + 9) / BLOCK) * BLOCK
  const message = Buffer.alloc(length)
  message.set(bytes)
  message[bytes.length] = 0x80
  message.writeBigUInt64LE(BigInt(bytes.length) * 8n, length - 8)
  return message
}

function digest(state: number[], block: Buffer): number[] {
  let [a, b, c, d] = state as [number, number, number, number]
  for (const { mix, constant, order, shifts } of ROUNDS)
    order.forEach((word, step) => {
      const sum = (a + mix(b, c, d) + block.readInt32LE(word * 4) + constant) | 0
      const shift = shifts[step % 4]!
      ;[a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c]
    })
  return [a, b, c, d].map((word, index) => (word + state[index]!) | 0)
}
