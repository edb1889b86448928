import type { GobType } from './gob-type.ts'
import { GobWriter } from './gob-writer.ts'

/** Writes one value; a field that is zero is written as `undefined`. */
export type Write = (writer: GobWriter) => void

export interface GobMessage {
  /** Every type that occurs below, by the id the encoder gave it. */
  readonly types: ReadonlyMap<number, GobType>
  /** The id of the value's own type. */
  readonly type: number
  readonly value: Write
}

/**
 * A gob stream of one value. All definitions come first, each as a message of its own, so that no message has to be
 * broken off in the middle as Go's encoder does; Go's decoder takes both.
 */
export function encodeGob({ types, type, value }: GobMessage): Uint8Array {
  const stream = new GobWriter()
  for (const [id, definition] of types) stream.sized((message) => writeDefinition(message, id, definition))
  stream.sized((message) => writeTyped(message.int(type), types.get(type), value))
  return stream.finish()
}

/** An interface that holds a value of a concrete type under the name that Go has registered for it. */
export function writeInterface(
  writer: GobWriter,
  concrete: { readonly name: string; readonly id: number; readonly type?: GobType },
  value: Write,
): void {
  writer
    .string(concrete.name)
    .int(concrete.id)
    .sized((body) => writeTyped(body, concrete.type, value))
}

export function writeNilInterface(writer: GobWriter): void {
  writer.string('')
}

/** Writes a struct: its fields by index, those that are zero left out. */
export function writeStruct(writer: GobWriter, fields: readonly (Write | undefined)[]): void {
  let last = -1
  fields.forEach((write, index) => {
    if (!write) return
    write(writer.uint(index - last))
    last = index
  })
  writer.uint(0)
}

// What stands alone is marked by a zero in front, unless it is a struct.
function writeTyped(writer: GobWriter, type: GobType | undefined, value: Write): void {
  if (type?.kind !== 'struct') writer.uint(0)
  value(writer)
}

/** The place of each kind among the fields of Go's `wireType`. */
const KIND = { list: 1, struct: 2, map: 3, opaque: 4 } as const

function writeDefinition(writer: GobWriter, id: number, type: GobType): void {
  const common: Write = (w) => writeStruct(w, [text(type.name), (inner) => inner.int(id)])
  const fields: (Write | undefined)[] = Array(KIND[type.kind]).fill(undefined)
  fields.push((w) => writeStruct(w, [common, ...kindFields(type)]))
  writeStruct(writer.int(-id), fields)
}

function kindFields(type: GobType): Write[] {
  switch (type.kind) {
    case 'list':
      return [(w) => w.int(type.element)]
    case 'map':
      return [(w) => w.int(type.key), (w) => w.int(type.element)]
    case 'struct':
      return [
        (w) => {
          w.uint(type.fields.length)
          for (const field of type.fields)
            writeStruct(w, [text(field.name), (inner) => inner.int(field.type)])
        },
      ]
    case 'opaque':
      return []
  }
}

/** A field of text, which is zero when empty. */
export function text(value: string): Write | undefined {
  return value === '' ? undefined : (writer) => writer.string(value)
}
