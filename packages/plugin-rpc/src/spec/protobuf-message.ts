import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { decodeUtf8 } from '../utf8.ts'
import { WireError } from '../wire-error.ts'

/** The fields of one protobuf message, by number. As everywhere in protobuf, the last of a single field counts. */
export class ProtobufMessage {
  readonly #chunks = new Map<number, Uint8Array[]>()
  readonly #numbers = new Map<number, number>()

  /** Reads the fields; numbers and chunks of bytes are kept, other wire types skipped. */
  constructor(bytes: Uint8Array) {
    const reader = new BinaryReader(bytes)
    try {
      while (reader.pos < reader.len) this.#readField(reader)
      if (reader.pos > reader.len) throw new RangeError('The last field is cut short.')
    } catch (cause) {
      throw new WireError('wire.malformed', 'A protobuf message is damaged or cut short.', { cause })
    }
  }

  #readField(reader: BinaryReader): void {
    const [field, wireType] = reader.tag()
    if (wireType === WireType.LengthDelimited) this.#addChunk(field, reader.bytes())
    else if (wireType === WireType.Varint) this.#numbers.set(field, reader.uint32())
    else reader.skip(wireType, field)
  }

  #addChunk(field: number, chunk: Uint8Array): void {
    const chunks = this.#chunks.get(field)
    if (chunks) chunks.push(chunk)
    else this.#chunks.set(field, [chunk])
  }

  chunks(field: number): readonly Uint8Array[] {
    return this.#chunks.get(field) ?? []
  }

  /** Undefined when the field is absent, which is not the same as an empty message. */
  chunk(field: number): Uint8Array | undefined {
    return this.#chunks.get(field)?.at(-1)
  }

  text(field: number): string {
    return decodeUtf8(this.chunk(field) ?? new Uint8Array())
  }

  flag(field: number): boolean {
    return (this.#numbers.get(field) ?? 0) !== 0
  }
}
