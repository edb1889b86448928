import { WireError } from '../wire-error.ts'

/** A value read from a gob stream, before anything is known of what it means. */
export type GobValue =
  | boolean
  | number
  | string
  | Uint8Array
  | readonly GobValue[]
  | GobMap
  | GobStruct
  | GobInterface

/** An interface with its concrete type's name; `undefined` inside for a nil interface, whose name is empty. */
export class GobInterface {
  readonly concrete: string
  readonly value: GobValue | undefined

  constructor(concrete: string, value: GobValue | undefined) {
    this.concrete = concrete
    this.value = value
  }
}

export class GobMap {
  readonly entries: readonly (readonly [GobValue, GobValue])[]

  constructor(entries: readonly (readonly [GobValue, GobValue])[]) {
    this.entries = entries
  }

  /** The entries of a map that must have strings as keys. */
  textEntries(): readonly (readonly [string, GobValue])[] {
    return this.entries.map(([key, value]) => {
      if (typeof key !== 'string') throw mismatch('a map', 'keys that are strings')
      return [key, value]
    })
  }
}

/** A struct whose fields are asked for by name and type. As in Go, an absent field is the zero of its type. */
export class GobStruct {
  readonly #name: string
  readonly #fields: ReadonlyMap<string, GobValue>

  constructor(name: string, fields: ReadonlyMap<string, GobValue>) {
    this.#name = name
    this.#fields = fields
  }

  string(field: string): string {
    const value = this.#fields.get(field) ?? ''
    if (typeof value !== 'string') throw this.#mismatch(field, 'a string')
    return value
  }

  number(field: string): number {
    const value = this.#fields.get(field) ?? 0
    if (typeof value !== 'number') throw this.#mismatch(field, 'an integer')
    return value
  }

  bool(field: string): boolean {
    const value = this.#fields.get(field) ?? false
    if (typeof value !== 'boolean') throw this.#mismatch(field, 'a boolean')
    return value
  }

  bytes(field: string): Uint8Array {
    const value = this.#fields.get(field) ?? new Uint8Array()
    if (!(value instanceof Uint8Array)) throw this.#mismatch(field, 'bytes')
    return value
  }

  list(field: string): readonly GobValue[] {
    const value = this.#fields.get(field) ?? []
    if (!isList(value)) throw this.#mismatch(field, 'a list')
    return value
  }

  map(field: string): GobMap {
    const value = this.#fields.get(field) ?? new GobMap([])
    if (!(value instanceof GobMap)) throw this.#mismatch(field, 'a map')
    return value
  }

  struct(field: string): GobStruct {
    const value = this.#fields.get(field)
    if (!(value instanceof GobStruct)) throw this.#mismatch(field, 'a struct')
    return value
  }

  interface(field: string): GobInterface {
    const value = this.#fields.get(field) ?? new GobInterface('', undefined)
    if (!(value instanceof GobInterface)) throw this.#mismatch(field, 'an interface')
    return value
  }

  has(field: string): boolean {
    return this.#fields.has(field)
  }

  #mismatch(field: string, wanted: string): WireError {
    return mismatch(`the field ${field} of ${this.#name || 'a struct'}`, wanted)
  }
}

export function isList(value: GobValue): value is readonly GobValue[] {
  return Array.isArray(value)
}

export function mismatch(what: string, wanted: string): WireError {
  return new WireError('wire.malformed', `In a gob stream ${what} must be or have ${wanted}.`)
}
