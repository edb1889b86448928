import fc from 'fast-check'
import {
  boolValue,
  listValue,
  mapValue,
  type Numeral,
  nullValue,
  numberValue,
  objectValue,
  parseNumeral,
  setValue,
  stringValue,
  type Type,
  tupleValue,
  unknownValue,
  type Value,
} from '../src/index.ts'

const names = fc
  .oneof(
    fc.constantFrom('a', 'b', 'name', '__proto__', 'constructor', '', 'é', 'e\u0301', '￼', '𐀀'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  .map((name) => name.normalize('NFC'))

const { type } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Type>({ kind: 'string' }, { kind: 'number' }, { kind: 'bool' }),
    fc.record({ kind: fc.constantFrom('list', 'set', 'map'), element: tie('type') }) as fc.Arbitrary<Type>,
    fc.array(tie('type'), { maxLength: 3 }).map((elements): Type => ({ kind: 'tuple', elements })),
    fc
      .array(fc.tuple(names, tie('type')), { maxLength: 3 })
      .map((attributes): Type => ({ kind: 'object', attributes: Object.fromEntries(attributes) })),
  ),
}))

/** Types that a known value can have: no `dynamic`, nothing optional. */
export const anyType: fc.Arbitrary<Type> = type

/** Numbers of every kind, in the shapes a caller may hand over. */
export const anyNumeral: fc.Arbitrary<Numeral> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
  fc.tuple(fc.bigInt(), fc.bigInt({ min: 0n, max: 10n ** 30n })).map(([w, f]) => parseNumeral(`${w}.${f}`)),
)

/** Values of the type; nulls everywhere, unknowns too when asked for. */
export function valuesOf(type: Type, unknowns = false): fc.Arbitrary<Value> {
  const special = unknowns ? [nullValue(type), unknownValue(type)] : [nullValue(type)]
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...special) },
    { weight: 6, arbitrary: known(type, unknowns) },
  )
}

function known(type: Type, unknowns: boolean): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'string':
      return fc.string({ unit: 'binary', maxLength: 8 }).map(stringValue)
    case 'number':
      return anyNumeral.map(numberValue)
    case 'bool':
      return fc.boolean().map(boolValue)
    case 'list':
      return fc
        .array(valuesOf(type.element, unknowns), { maxLength: 3 })
        .map((v) => listValue(type.element, v))
    case 'set':
      return fc
        .array(valuesOf(type.element, unknowns), { maxLength: 3 })
        .map((v) => setValue(type.element, v))
    case 'map':
      return fc
        .array(fc.tuple(names, valuesOf(type.element, unknowns)), { maxLength: 3 })
        .map((entries) => mapValue(type.element, Object.fromEntries(entries)))
    case 'tuple':
      return fc.tuple(...type.elements.map((element) => valuesOf(element, unknowns))).map(tupleValue)
    case 'object': {
      const attributes = Object.entries(type.attributes)
      return fc
        .tuple(...attributes.map(([, attribute]) => valuesOf(attribute, unknowns)))
        .map((values) => objectValue(Object.fromEntries(attributes.map(([name], i) => [name, values[i]!]))))
    }
    case 'dynamic':
      return fc.constant(nullValue(type))
  }
}

/** Any value at all, with its type. */
export const anyValue: fc.Arbitrary<Value> = anyType.chain((type) => valuesOf(type))

/** Any value, unknowns included. */
export const anyValueOrUnknown: fc.Arbitrary<Value> = anyType.chain((type) => valuesOf(type, true))
