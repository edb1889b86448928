import {
  bool,
  boolValue,
  dynamic,
  list,
  listValue,
  map,
  mapValue,
  nullValue,
  number,
  numberValue,
  object,
  objectValue,
  set,
  setValue,
  string,
  stringValue,
  type Type,
  tuple,
  tupleValue,
  unknownValue,
  type Value,
} from '@ingot/cty'
import fc from 'fast-check'
import type { HclSpec, ObjectSpec } from '../src/spec/hcl-spec.ts'

const name = fc.oneof(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.constantFrom('__proto__', 'constructor', '', '0', 'ä', '�', '𝄞', 'toString'),
)

const primitive = fc.constantFrom<Type>(string, number, bool)

/** Types that both encodings of specs have. */
const specType: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof({ maxDepth: 3 }, primitive, tie('type').map(list), tie('type').map(map)),
})).type

function record<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 5 })
    .map((entries) => Object.fromEntries(entries))
}

export const spec: fc.Arbitrary<ObjectSpec> = fc.letrec<{ object: ObjectSpec; any: HclSpec }>((tie) => ({
  object: record(tie('any')).map((attributes) => ({ kind: 'object', attributes })),
  any: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant('attr' as const), name, type: specType, required: fc.boolean() }),
    fc.record({ kind: fc.constant('block' as const), name, required: fc.boolean(), nested: tie('object') }),
    fc.record({ kind: fc.constant('blockList' as const), name, nested: tie('object') }),
    tie('object'),
  ),
})).object

/** Every type but `dynamic`. */
export const type: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    primitive,
    tie('type').map(list),
    tie('type').map(set),
    tie('type').map(map),
    fc.array(tie('type'), { maxLength: 4 }).map(tuple),
    record(tie('type')).map((attributes) => object(attributes)),
  ),
})).type

const numeral = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.stringMatching(/^-?[1-9]\d{0,30}\.\d{1,60}$/).map((decimal) => ({ decimal })),
)

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\uFEFFx', '<&>', '\0', '�'))

interface Holes {
  readonly unknowns: boolean
}

/** A value of the type, nulls among it. */
function valueOfType(wanted: Type, holes: Holes): fc.Arbitrary<Value> {
  const known = knownOfType(wanted, holes)
  const hole = fc.constantFrom(nullValue(wanted), ...(holes.unknowns ? [unknownValue(wanted)] : []))
  return fc.oneof({ weight: 8, arbitrary: known }, { weight: 1, arbitrary: hole })
}

function knownOfType(wanted: Type, holes: Holes): fc.Arbitrary<Value> {
  const inside = (element: Type) => fc.array(valueOfType(element, holes), { maxLength: 4 })
  switch (wanted.kind) {
    case 'string':
      return text.map(stringValue)
    case 'number':
      return numeral.map(numberValue)
    case 'bool':
      return fc.boolean().map(boolValue)
    case 'dynamic':
      return fc.constant(nullValue(dynamic))
    case 'list':
      return inside(wanted.element).map((members) => listValue(wanted.element, members))
    case 'set':
      return inside(wanted.element).map((members) => setValue(wanted.element, members))
    case 'map':
      return record(valueOfType(wanted.element, holes)).map((members) => mapValue(wanted.element, members))
    case 'tuple':
      return fc.tuple(...wanted.elements.map((element) => valueOfType(element, holes))).map(tupleValue)
    case 'object':
      return objectOf(wanted.attributes, holes)
  }
}

function objectOf(types: Readonly<Record<string, Type>>, holes: Holes): fc.Arbitrary<Value> {
  const attributes = Object.entries(types).map(([key, inner]) =>
    valueOfType(inner, holes).map((value) => [key, value] as const),
  )
  return fc.tuple(...attributes).map((entries) => objectValue(Object.fromEntries(entries)))
}

/** Values that every encoding has: wholly known, each with its type. */
export const knownValue: fc.Arbitrary<Value> = type.chain((wanted) =>
  valueOfType(wanted, { unknowns: false }),
)

/** Values with unknowns in them. */
export const anyValue: fc.Arbitrary<Value> = type.chain((wanted) => valueOfType(wanted, { unknowns: true }))

/** Nothing a decoder expects: noise, or one of the samples with some bytes changed, cut off or added. */
export function damaged(...samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xc0, 0xff, 0xfe)), {
    maxLength: 4,
  })
  const mutated = fc
    .tuple(fc.constantFrom(...samples), changes, fc.nat(), fc.uint8Array({ maxLength: 3 }))
    .map(([sample, edits, cut, tail]) => {
      const bytes = Uint8Array.from(sample)
      for (const [at, byte] of edits) bytes[at % bytes.length] = byte
      const kept = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes
      return Uint8Array.from([...kept, ...tail])
    })
  return fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated)
}
