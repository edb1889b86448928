import { WireError } from '../wire-error.ts'
import { GobReader } from './gob-reader.ts'
import {
  BOOL,
  BOOTSTRAP,
  BYTES,
  FIRST_USER_TYPE,
  type GobStructType,
  type GobType,
  INT,
  INTERFACE,
  STRING,
  UINT,
  WIRE,
} from './gob-type.ts'
import { GobInterface, GobMap, GobStruct, type GobValue, mismatch } from './gob-value.ts'
import { MAX_GOB_BYTES, MAX_GOB_DEPTH, MAX_GOB_VALUES } from './limits.ts'

/**
 * The first value of a gob stream, with the types that the stream defines.
 *
 * Lengths of messages are read and passed over: when Go meets a type for the first time inside an interface it
 * breaks off the message there, sends the definition, and goes on in a new message, so lengths count pieces only.
 *
 * @throws WireError when the bytes are no gob stream or beyond the limits of `limits.ts`.
 */
export function decodeGob(bytes: Uint8Array): GobValue {
  if (bytes.length > MAX_GOB_BYTES) throw tooMuch('bytes', MAX_GOB_BYTES)
  return new GobDecoder(bytes).message()
}

class GobDecoder {
  readonly #reader: GobReader
  readonly #types = new Map(BOOTSTRAP)
  #depth = 0
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#reader = new GobReader(bytes)
  }

  message(): GobValue {
    this.#reader.uint()
    return this.#typed()
  }

  /** Definitions as far as there are any, then a value with its type in front. */
  #typed(sized = false): GobValue {
    let id = this.#reader.int()
    while (id < 0) {
      this.#define(-id)
      this.#reader.uint()
      id = this.#reader.int()
    }
    if (sized) this.#reader.uint()
    const isStruct = this.#types.get(id)?.kind === 'struct'
    if (!isStruct && this.#reader.uint() !== 0) throw mismatch('a value that is no struct', 'a zero in front')
    return this.#value(id)
  }

  #define(id: number): void {
    if (id < FIRST_USER_TYPE || this.#types.has(id))
      throw new WireError('wire.malformed', `A gob stream defines the type ${id}, which is already taken.`)
    this.#types.set(id, typeFrom(this.#value(WIRE)))
  }

  #value(id: number): GobValue {
    if (++this.#values > MAX_GOB_VALUES) throw tooMuch('values', MAX_GOB_VALUES)
    switch (id) {
      case BOOL:
        return this.#reader.bool()
      case INT:
        return this.#reader.int()
      case UINT:
        return this.#reader.uint()
      case BYTES:
        return this.#reader.bytes()
      case STRING:
        return this.#reader.string()
      default:
        return this.#deeper(() => (id === INTERFACE ? this.#interface() : this.#defined(id)))
    }
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_GOB_DEPTH) throw tooMuch('levels', MAX_GOB_DEPTH)
    const value = read()
    this.#depth--
    return value
  }

  #interface(): GobInterface {
    const concrete = this.#reader.string()
    return new GobInterface(concrete, concrete === '' ? undefined : this.#typed(true))
  }

  #defined(id: number): GobValue {
    const type = this.#types.get(id)
    switch (type?.kind) {
      case 'struct':
        return this.#struct(type)
      case 'map':
        return new GobMap(this.#repeat(() => [this.#value(type.key), this.#value(type.element)] as const))
      case 'list':
        return this.#repeat(() => this.#value(type.element))
      case 'opaque':
        return this.#reader.bytes()
      default:
        throw new WireError(
          'wire.unsupported',
          `A gob stream has a value of the type ${id}, which it never defined.`,
        )
    }
  }

  #struct(type: GobStructType): GobStruct {
    const fields = new Map<string, GobValue>()
    let index = -1
    for (let step = this.#reader.uint(); step > 0; step = this.#reader.uint()) {
      index += step
      const field = type.fields[index]
      if (!field) throw mismatch(`a ${type.name}`, `fewer fields than ${index + 1}`)
      fields.set(field.name, this.#value(field.type))
    }
    return new GobStruct(type.name, fields)
  }

  // Every element has at least one byte, so a count beyond what is left is a lie found out before memory is spent.
  #repeat<T>(read: () => T): T[] {
    const count = this.#reader.uint()
    if (count > this.#reader.left)
      throw new WireError('wire.truncated', `A gob stream announces ${count} elements and ends before them.`)
    const elements: T[] = []
    for (let i = 0; i < count; i++) elements.push(read())
    return elements
  }
}

function typeFrom(definition: GobValue): GobType {
  if (!(definition instanceof GobStruct)) throw mismatch('a definition', 'a struct')
  const [kind, body] = kindOf(definition)
  const name = body.has('CommonType') ? body.struct('CommonType').string('Name') : ''
  switch (kind) {
    case 'StructT':
      return { kind: 'struct', name, fields: body.list('Field').map(fieldFrom) }
    case 'MapT':
      return { kind: 'map', name, key: body.number('Key'), element: body.number('Elem') }
    case 'ArrayT':
    case 'SliceT':
      return { kind: 'list', name, element: body.number('Elem') }
    default:
      return { kind: 'opaque', name }
  }
}

function kindOf(definition: GobStruct): readonly [string, GobStruct] {
  const kinds = ['ArrayT', 'SliceT', 'StructT', 'MapT', 'GobEncoderT', 'BinaryMarshalerT', 'TextMarshalerT']
  const present = kinds.filter((kind) => definition.has(kind))
  if (present.length !== 1) throw mismatch('a definition', 'exactly one kind')
  return [present[0]!, definition.struct(present[0]!)]
}

function fieldFrom(field: GobValue): { name: string; type: number } {
  if (!(field instanceof GobStruct)) throw mismatch('a field of a definition', 'a struct')
  return { name: field.string('Name'), type: field.number('Id') }
}

function tooMuch(what: string, limit: number): WireError {
  return new WireError('wire.limit', `A gob stream has more than the ${limit} ${what} allowed.`)
}
