import {
  bool,
  boolValue,
  listValue,
  map,
  mapValue,
  nullValue,
  number,
  numberValue,
  object,
  objectValue,
  setValue,
  string,
  stringValue,
  tupleValue,
  type Value,
} from '@ingot/cty'

const [a, b, v] = [stringValue('a'), stringValue('b'), stringValue('v')]

/** What the samples of values that Go wrote in gob mean. */
export const valuesFromGo: Readonly<Record<string, Value>> = {
  'value object': objectValue({ name: v }),
  'value string': v,
  'value num 42': numberValue(42),
  'value num 1.5': numberValue(1.5),
  'value num 0.1': numberValue(0.1),
  'value num -7': numberValue(-7),
  'value num 0': numberValue(0),
  'value true': boolValue(true),
  'value null string': nullValue(string),
  'value list': listValue(string, [a, b]),
  'value tuple': tupleValue([a, boolValue(true)]),
  'value map': mapValue(string, { k: a }),
  'value set': setValue(string, [a]),
  'value empty list': listValue(string, []),
  'value empty obj': objectValue({}),
  'value obj null attr': objectValue({ n: nullValue(number) }),
  'value list of obj': listValue(object({ n: number }), [objectValue({ n: numberValue(1) })]),
}

/** What the samples of values in gob mean that Go was shown to accept. */
export const gobValuesForGo: Readonly<Record<string, Value>> = {
  'val str': v,
  'val true': boolValue(true),
  'val false': boolValue(false),
  'val n42': numberValue(42),
  'val n1.5': numberValue(-1.5),
  'val n0': numberValue(0),
  'val null': nullValue(string),
  'val list': listValue(string, [a, b]),
  'val obj': objectValue({
    l: listValue(number, [numberValue(1), numberValue(2)]),
    m: mapValue(string, { k: v }),
    n: numberValue(3),
    name: v,
    o: objectValue({ q: stringValue('x') }),
    z: nullValue(bool),
  }),
  'val emptyobj': objectValue({}),
}

/** What the samples in MessagePack mean that Go was shown to accept. */
export const msgpackObject: Value = objectValue({
  b: boolValue(true),
  l: listValue(string, [a]),
  n: numberValue(42),
  name: v,
  nul: nullValue(string),
})

/** What the samples in JSON mean that Go was shown to accept. */
export const jsonObject: Value = objectValue({
  a: stringValue('x'),
  l: listValue(number, [numberValue(1), numberValue(2)]),
  n: numberValue(1.5),
  z: nullValue(map(string)),
})
