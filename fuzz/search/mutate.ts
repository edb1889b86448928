import type { Random } from './random.ts'

/** Inputs that grew longer are cut: what a decoder does shows in less. */
export const MAX_INPUT = 65_536

/** Changes to one input, at most. */
const MAX_CHANGES = 6

/** Bytes that mean something to many formats: limits, lengths, signs, types of MessagePack and protobuf, quotes, braces. */
const telling = [
  0, 1, 2, 3, 4, 7, 8, 0x0a, 0x10, 0x20, 0x22, 0x2d, 0x2e, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80,
  0x81, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc7, 0xca, 0xcb, 0xcf, 0xd3, 0xd4, 0xd9, 0xdb, 0xdd,
  0xdf, 0xe0, 0xf8, 0xfe, 0xff,
]

type Mutation = (input: Buffer, random: Random, corpus: readonly Uint8Array[]) => Buffer

const mutations: readonly Mutation[] = [
  (input, random) => set(input, random(input.length), random(256)),
  (input, random) => set(input, random(input.length), telling[random(telling.length)]!),
  (input, random) => {
    const at = random(input.length)
    return set(input, at, input[at]! ^ (1 << random(8)))
  },
  (input, random) => {
    const at = random(input.length)
    return set(input, at, input[at]! + random(17) - 8)
  },
  writeNumber,
  (input, random) => input.subarray(0, random(input.length) + 1),
  (input, random) => {
    const [start, end] = range(input, random)
    return Buffer.concat([input.subarray(0, start), input.subarray(end)])
  },
  (input, random) => {
    const [start, end] = range(input, random)
    return insert(input, random(input.length + 1), input.subarray(start, end))
  },
  (input, random) => insert(input, random(input.length + 1), Buffer.from([telling[random(telling.length)]!])),
  (input, random, corpus) => {
    const other = Buffer.from(corpus[random(corpus.length)]!)
    if (other.length === 0) return input
    const [start, end] = range(other, random)
    return insert(input, random(input.length + 1), other.subarray(start, end))
  },
  (input, random, corpus) => {
    const other = corpus[random(corpus.length)]!
    return Buffer.concat([
      input.subarray(0, random(input.length + 1)),
      other.subarray(random(other.length + 1)),
    ])
  },
]

/** An input that resembles one of the corpus. */
export function mutate(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  let input: Buffer = Buffer.from(corpus[random(corpus.length)]!)
  for (let changes = 1 + random(MAX_CHANGES); changes > 0; changes--) {
    if (input.length === 0) input = Buffer.from([random(256)])
    input = mutations[random(mutations.length)]!(input, random, corpus)
  }
  return input.subarray(0, MAX_INPUT)
}

function set(input: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(input)
  changed[at] = byte
  return changed
}

/** Lengths and counts are often several bytes, of either end. */
function writeNumber(input: Buffer, random: Random): Buffer {
  const width = [2, 4][random(2)]!
  if (input.length < width) return input
  const number = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x40000, 0x7fffffff, 0xffffffff][
    random(11)
  ]!
  const kept = number % 256 ** width
  const changed = Buffer.from(input)
  const at = random(input.length - width + 1)
  if (random(2) === 0) changed.writeUIntBE(kept, at, width)
  else changed.writeUIntLE(kept, at, width)
  return changed
}

function range(input: Buffer, random: Random): readonly [number, number] {
  const start = random(input.length)
  return [start, Math.min(input.length, start + 1 + random(random(8) === 0 ? input.length : 16))]
}

function insert(input: Buffer, at: number, what: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, at), what, input.subarray(at)])
}
