/** What a type id of a gob stream stands for. Inner types are ids, so that types may refer to themselves. */
export type GobType =
  | { readonly kind: 'struct'; readonly name: string; readonly fields: readonly GobField[] }
  | { readonly kind: 'map'; readonly name: string; readonly key: number; readonly element: number }
  | { readonly kind: 'list'; readonly name: string; readonly element: number }
  | { readonly kind: 'opaque'; readonly name: string }

export type GobStructType = GobType & { readonly kind: 'struct' }

interface GobField {
  readonly name: string
  readonly type: number
}

export const struct = (name: string, ...fields: [string, number][]): GobStructType => ({
  kind: 'struct',
  name,
  fields: fields.map(([field, type]) => ({ name: field, type })),
})

/** Types that need no definition. */
export const BOOL = 1
export const INT = 2
export const UINT = 3
export const BYTES = 5
export const STRING = 6
export const INTERFACE = 8

/** The lowest id a stream may define. Go 1.26 numbers types from here on, older ones from 65. */
export const FIRST_USER_TYPE = 64

/** The lowest id that our own streams define. */
export const FIRST_DEFINED = 65

/** A type definition is itself a struct, of these types. `WIRE` has one field per kind, of which one is set. */
export const WIRE = 16
const [COMMON, ARRAY, SLICE, STRUCT, FIELDS, FIELD, MAP, OPAQUE] = [18, 17, 19, 20, 22, 21, 23, 24]

/** What every stream knows without being told: how to read a definition. */
export const BOOTSTRAP: ReadonlyMap<number, GobType> = new Map<number, GobType>([
  [
    WIRE,
    struct(
      'wireType',
      ['ArrayT', ARRAY],
      ['SliceT', SLICE],
      ['StructT', STRUCT],
      ['MapT', MAP],
      ['GobEncoderT', OPAQUE],
      ['BinaryMarshalerT', OPAQUE],
      ['TextMarshalerT', OPAQUE],
    ),
  ],
  [COMMON, struct('CommonType', ['Name', STRING], ['Id', INT])],
  [ARRAY, struct('arrayType', ['CommonType', COMMON], ['Elem', INT], ['Len', INT])],
  [SLICE, struct('sliceType', ['CommonType', COMMON], ['Elem', INT])],
  [STRUCT, struct('structType', ['CommonType', COMMON], ['Field', FIELDS])],
  [FIELDS, { kind: 'list', name: '[]fieldType', element: FIELD }],
  [FIELD, struct('fieldType', ['Name', STRING], ['Id', INT])],
  [MAP, struct('mapType', ['CommonType', COMMON], ['Key', INT], ['Elem', INT])],
  [OPAQUE, struct('gobEncoderType', ['CommonType', COMMON])],
])
