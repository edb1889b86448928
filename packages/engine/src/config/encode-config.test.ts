import { bool, list, map, nullValue, number, object, string, toPlain, type Value } from '@ingot/cty'
import type { AttrSpec, HclSpec, ObjectSpec } from '@ingot/plugin-rpc'
import { expect, test } from 'vitest'
import { EngineError } from '../errors.ts'
import { encodeConfig, type Settings } from './encode-config.ts'

const attr = (name: string, type: AttrSpec['type'], required = false): AttrSpec => ({
  kind: 'attr',
  name,
  type,
  required,
})
const body = (...specs: Exclude<HclSpec, ObjectSpec>[]): ObjectSpec => ({
  kind: 'object',
  attributes: Object.fromEntries(specs.map((spec) => [spec.name, spec])),
})

const spec = body(
  attr('source', string, true),
  attr('level', number),
  attr('force', bool),
  attr('regions', list(string)),
  attr('tags', map(string)),
  { kind: 'block', name: 'compression', required: false, nested: body(attr('level', number, true)) },
  { kind: 'blockList', name: 'disk', nested: body(attr('size', number), attr('name', string)) },
)

const encode = (settings: Settings): Value => encodeConfig(spec, settings, 'tarball-image.web')

function faultsOf(settings: Settings): readonly string[] {
  try {
    encode(settings)
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    return (error as EngineError).details
  }
  throw new Error('it was taken')
}

test('what is not set is a null of its type, and blocks that may repeat are an empty list', () => {
  const value = encode({ source: 'site' })
  const content = value.content as Record<string, Value>
  expect(content['level']).toEqual(nullValue(number))
  expect(content['compression']).toEqual(nullValue(object({ level: number })))
  expect(content['disk']).toEqual({ type: list(object({ size: number, name: string })), content: [] })
  expect(toPlain(value)).toEqual({
    source: 'site',
    level: null,
    force: null,
    regions: null,
    tags: null,
    compression: null,
    disk: [],
  })
})

test('values are converted as HCL converts them', () => {
  const settings = { source: 7, level: '6', force: 'true', regions: ['a', 1], tags: { a: true } }
  expect(toPlain(encode(settings))).toMatchObject({
    source: '7',
    level: 6,
    force: true,
    regions: ['a', '1'],
    tags: { a: 'true' },
  })
})

test('blocks may stand alone or in a list', () => {
  const one = encode({ source: 's', compression: { level: 1 }, disk: { size: 10 } })
  const listed = encode({ source: 's', compression: [{ level: 1 }], disk: [{ size: 10 }] })
  expect(one).toEqual(listed)
  expect(toPlain(one)).toMatchObject({ compression: { level: 1 }, disk: [{ size: 10, name: null }] })
})

test('everything that is wrong is told at once, with its place', () => {
  const settings: Settings = {
    regoins: ['a'],
    level: 'high',
    compression: {},
    disk: [{ size: 1 }, { siez: 2 }, 'x'],
    tags: { a: { b: 'c' } },
  }
  const faults = faultsOf(settings)
  expect(faults).toContain('"regoins" is not a setting; did you mean "regions"?')
  expect(faults).toContain('"source" must be set')
  expect(faults).toContain('"compression.level" must be set')
  expect(faults).toContain('"siez" in "disk[1]" is not a setting; did you mean "size"?')
  expect(faults).toContain('"disk" is a block: give an object of settings, or a list of them')
  expect(faults.filter((fault) => /^"(level|tags)": /.test(fault))).toHaveLength(2)
})

test('a block that is given twice where one is allowed is refused', () => {
  expect(faultsOf({ source: 's', compression: [{ level: 1 }, { level: 2 }] })).toEqual([
    '"compression" may be given once, not 2 times',
  ])
})

test('names that every JavaScript object has are no settings', () => {
  expect(faultsOf({ source: 's', constructor: 'x', toString: 'y' })).toHaveLength(2)
})
