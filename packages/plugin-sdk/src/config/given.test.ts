import { fromPlain, list, map, object, string } from '@ingot/cty'
import type { ConfigElement } from '@ingot/plugin-rpc'
import { describe, expect, test } from 'vitest'
import { Secrets } from '../secrets/secrets.ts'
import { config } from './config.ts'
import { decodeConfig } from './decode.ts'
import { renderConfigDocs } from './docs.ts'
import { configSpec, schemaType } from './spec.ts'

const settings = config({
  tags: config.map().orBlocks('tag'),
  image_filter: config.block({
    filters: config.map().orBlocks('filter', { key: 'name' }),
    sizes: config.map(config.number().min(1)).orBlocks('size'),
  }),
  speed: config.number().deprecated('set pace instead'),
  pace: config.string(),
})

function decode(data: unknown) {
  return decodeConfig(settings, [{ kind: 'plain', data }], { placeholders: true, secrets: new Secrets() })
}

describe('a map that blocks may stand for', () => {
  test.each([
    [{ tag: [{ key: 'a', value: '1' }] }, { tags: { a: '1' } }],
    [{ tag: { key: 'a', value: 1 } }, { tags: { a: '1' } }],
    [{ tags: { a: '1', b: '2' }, tag: [{ key: 'b', value: '3' }] }, { tags: { a: '1', b: '3' } }],
    [{ tag: [] }, { tags: undefined }],
    [
      { image_filter: { filter: [{ name: 'os', value: 'linux' }], size: [{ key: 'disk', value: '5' }] } },
      { image_filter: { filters: { os: 'linux' }, sizes: { disk: 5 } } },
    ],
  ])('%j', (given, decoded) => {
    expect(decode(given).config).toMatchObject(decoded)
  })

  test.each([
    [{ tag: [{ key: 'a' }] }, 'tag[0]: needs key and value, and nothing else'],
    [
      {
        tag: [
          { key: 'a', value: 'b' },
          { key: 'a', value: 'b', more: 'c' },
        ],
      },
      'tag[1]: needs key and value, and nothing else',
    ],
    [{ tag: ['a'] }, 'tag[0]: needs key and value'],
    [{ tags: 5, tag: [{ key: 'a', value: 'b' }] }, 'tags: must be { name = value }'],
    [{ image_filter: { filter: { key: 'a', value: 'b' } } }, 'image_filter.filter[0]: needs name and value'],
    [{ image_filter: { size: { key: 'a', value: 0 } } }, 'image_filter.sizes.a: must be at least 1'],
  ])('%j is refused', (given, message) => {
    expect(() => decode(given)).toThrow(message)
  })

  test('HCL reads its blocks', () => {
    const { attributes } = configSpec(settings)
    expect(attributes['tag']).toEqual({
      kind: 'blockList',
      name: 'tag',
      nested: {
        kind: 'object',
        attributes: {
          key: { kind: 'attr', name: 'key', type: string, required: false },
          value: { kind: 'attr', name: 'value', type: string, required: false },
        },
      },
    })
    const type = object({ tags: map(string), tag: list(object({ key: string, value: string })) })
    const value = fromPlain({ tags: null, tag: [{ key: 'os', value: 'linux' }] }, type)
    const options = { placeholders: true, secrets: new Secrets() }
    expect(decodeConfig(settings, [{ kind: 'cty', value }], options).config.tags).toEqual({ os: 'linux' })
  })
})

test('what is deprecated is taken with a warning, and none where it is not given', () => {
  expect(decode({ speed: 5 })).toMatchObject({
    config: { speed: 5 },
    warnings: ['speed is deprecated: set pace instead'],
  })
  expect(decode({ pace: 'slow', speed: null }).warnings).toEqual([])
})

test('both are documented', () => {
  const docs = renderConfigDocs(settings)
  expect(docs).toContain('| `tags` | map of string | no |  | Also as blocks `tag { key = …, value = … }`. |')
  expect(docs).toContain('Deprecated: set pace instead')
})

describe('blocks that are written under another name', () => {
  const images = config({
    image: config.string(),
    images: config.blocks({ id: config.string().required() }).writtenAs('image'),
  })
  const read = (...elements: readonly ConfigElement[]) =>
    decodeConfig(images, elements, { placeholders: true, secrets: new Secrets() }).config

  test.each([
    [{ image: 'a' }, { image: 'a', images: [] }],
    [{ image: { id: 'a' } }, { image: undefined, images: [{ id: 'a' }] }],
    [{ image: [{ id: 'a' }, { id: 'b' }] }, { image: undefined, images: [{ id: 'a' }, { id: 'b' }] }],
    [
      { images: [{ id: 'a' }], image: { id: 'b' } },
      { image: undefined, images: [{ id: 'a' }, { id: 'b' }] },
    ],
    [{}, { image: undefined, images: [] }],
  ])('in plain data: %j', (given, decoded) => {
    expect(read({ kind: 'plain', data: given })).toEqual(decoded)
  })

  test('what is neither is refused', () => {
    expect(() => read({ kind: 'plain', data: { image: [{ id: 'a' }, 'b'] } })).toThrow('image: must be text')
  })

  test('HCL reads both', () => {
    const { attributes } = configSpec(images)
    expect(attributes).toMatchObject({
      image: { kind: 'attr', name: 'image' },
      images: { kind: 'blockList', name: 'image' },
    })
    const value = fromPlain({ image: null, images: [{ id: 'a' }] }, schemaType(images))
    expect(read({ kind: 'cty', value })).toEqual({ image: undefined, images: [{ id: 'a' }] })
    expect(renderConfigDocs(images)).toContain('| `images` | blocks `image` | no |')
  })
})

describe('a check of fields beside each other', () => {
  const range = {
    low: config
      .number()
      .checkBeside(({ low, high }) =>
        Number(low) > Number(high) ? [{ path: 'low, high', message: 'the wrong way round' }] : [],
      ),
    high: config.number(),
  }
  const settings = config({ ...range, inner: config.block(range) })
  const read = (data: unknown, placeholders = false) =>
    decodeConfig(settings, [{ kind: 'plain', data }], { placeholders, secrets: new Secrets() }).config

  test('comes along wherever they are spread', () => {
    expect(read({ low: 1, high: 2, inner: { low: 1 } })).toMatchObject({ low: 1 })
    expect(() => read({ low: 2, high: 1 })).toThrow('low, high: the wrong way round')
    expect(() => read({ inner: { low: 2, high: 1 } })).toThrow('inner.low, high: the wrong way round')
  })

  test('waits until all is known', () => {
    expect(read({ low: 2, high: '<unknown>' }, true)).toMatchObject({ low: 2 })
  })
})
