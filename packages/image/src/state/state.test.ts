import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeImages, encodeImages, type Image, ImageError, MAX_LABEL_NESTING } from '../index.ts'
import { weakString } from './weak-string.ts'

const anyImage: fc.Arbitrary<Image> = fc.record({
  imageId: fc.string(),
  providerName: fc.string(),
  providerRegion: fc.string(),
  labels: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.string()),
  sourceImageId: fc.string(),
})

const empty: Image = { imageId: '', providerName: '', providerRegion: '', labels: {}, sourceImageId: '' }

describe('encodeImages', () => {
  test('one image and a list of them come back, and nothing is dropped', () => {
    fc.assert(
      fc.property(anyImage, fc.array(anyImage), (one, many) => {
        expect(decodeImages(encodeImages(one))).toEqual({ images: [one], dropped: [] })
        expect(decodeImages(encodeImages(many))).toEqual({ images: many, dropped: [] })
      }),
    )
  })

  test('writes exactly the five names of Go, labels even when there are none', () => {
    expect(encodeImages([{ imageId: 'a', providerName: 'b' }])).toEqual([
      { ImageID: 'a', ProviderName: 'b', ProviderRegion: '', Labels: {}, SourceImageID: '' },
    ])
  })
})

// What mapstructure 1.5.0, which Packer's core decodes with, makes of the same values.
describe('decodeImages follows core', () => {
  test.each<[string, unknown, Partial<Image>[]]>([
    ['nothing', null, []],
    ['undefined', undefined, []],
    ['an empty list', [], []],
    ['an empty map', {}, []],
    ['an empty Map', new Map(), []],
    ['no bytes', new Uint8Array(), []],
    ['a single map', { ImageID: 'a' }, [{ imageId: 'a' }]],
    ['a Map', new Map([['ImageID', 'a']]), [{ imageId: 'a' }]],
    ['a null or empty map in a list, as an empty image', [null, {}], [{}, {}]],
    [
      'names in any case',
      { imageid: 'a', PROVIDERNAME: 'b', labels: {} },
      [{ imageId: 'a', providerName: 'b' }],
    ],
    ["Unicode's other s", { 'Label\u017f': { a: 'b' } }, [{ labels: { a: 'b' } }]],
    ['the exact name before any other', { imageid: 'a', ImageID: 'b', IMAGEID: 'c' }, [{ imageId: 'b' }]],
    ['null in every field', { ImageID: null, Labels: null }, [{}]],
    [
      'whole numbers',
      { ImageID: 5, ProviderName: -7n, ProviderRegion: 2n ** 64n - 1n },
      [{ imageId: '5', providerName: '-7', providerRegion: '18446744073709551615' }],
    ],
    [
      'other numbers',
      { ImageID: 5.25, ProviderName: 1e21, ProviderRegion: -1.5e-7, SourceImageID: -0 },
      [
        {
          imageId: '5.25',
          providerName: '1000000000000000000000',
          providerRegion: '-0.00000015',
          sourceImageId: '-0',
        },
      ],
    ],
    [
      'no numbers',
      { ImageID: Number.NaN, ProviderName: Infinity, SourceImageID: -Infinity },
      [{ imageId: 'NaN', providerName: '+Inf', sourceImageId: '-Inf' }],
    ],
    ['booleans', { ImageID: true, ProviderName: false }, [{ imageId: '1', providerName: '0' }]],
    [
      'bytes',
      { ImageID: Buffer.from('é'), Labels: { a: Uint8Array.of(0x78) } },
      [{ imageId: 'é', labels: { a: 'x' } }],
    ],
    [
      'labels of any scalar',
      { Labels: { a: 1, b: true, c: null, d: 1.5 } },
      [{ labels: { a: '1', b: '1', c: '', d: '1.5' } }],
    ],
    [
      'label keys of any scalar',
      {
        Labels: new Map<unknown, unknown>([
          [1, 'a'],
          [true, 'b'],
          [null, 'c'],
        ]),
      },
      [{ labels: { '1': 'b', '': 'c' } }],
    ],
    [
      'a list of label maps as one',
      { Labels: [{ a: '1', b: '1' }, null, [{ b: '2' }]] },
      [{ labels: { a: '1', b: '2' } }],
    ],
    ['empty lists and bytes for labels', [{ Labels: [] }, { Labels: new Uint8Array() }], [{}, {}]],
  ])('takes %s', (_, state, images) => {
    expect(decodeImages(state).images).toEqual(images.map((image) => ({ ...empty, ...image })))
  })

  test.each<[string, unknown, string]>([
    ['a string', 'ami-1', '[0]'],
    ['an empty string', '', '[0]'],
    ['a number', 0, '[0]'],
    ['a boolean', true, '[0]'],
    ['bytes', Uint8Array.of(1), '[0]'],
    ['a list in a list', [[{ ImageID: 'a' }]], '[0]'],
    ['a string in a list', [{ ImageID: 'a' }, 'b'], '[1]'],
    ['a list for a string', { ImageID: ['a'] }, '[0].ImageID'],
    ['an empty list for a string', { ImageID: [] }, '[0].ImageID'],
    ['a map for a string', { SourceImageID: {} }, '[0].SourceImageID'],
    ['a string for labels', { Labels: 'a' }, '[0].Labels'],
    ['bytes for labels', { Labels: Uint8Array.of(1) }, '[0].Labels'],
    ['a map inside labels', { Labels: { a: {} } }, '[0].Labels[a]'],
    ['a list inside labels', { Labels: { a: ['b'] } }, '[0].Labels[a]'],
    ['a map for a label key', { Labels: new Map([[{}, 'a']]) }, '[0].Labels'],
    ['a string in a list of labels', { Labels: [{ a: 'b' }, 'c'] }, '[0].Labels[1]'],
  ])('refuses %s and names the place', (_, state, field) => {
    expect(refusal(() => decodeImages(state))).toMatchObject({ code: 'state.undecodable', field })
  })
})

describe('decodeImages', () => {
  test('says what it dropped and how it is written', () => {
    const state = [
      { ImageID: 'a' },
      new Map<unknown, unknown>([
        ['image_id', 'a'],
        ['Zone', 1],
        [7, 'x'],
        ['imageid', 1],
        ['IMAGEID', 2],
      ]),
    ]
    expect(decodeImages(state).dropped).toEqual([
      { path: '[1].image_id', reason: 'is no field; it is written ImageID' },
      {
        path: '[1].Zone',
        reason: 'is no field; those are ImageID, ProviderName, ProviderRegion, Labels, SourceImageID',
      },
      { path: '[1]', reason: 'has a number for a key; field names are strings' },
      { path: '[1].IMAGEID', reason: 'is the same field as another key; give it once' },
    ])
  })

  test('decodes anything at all or refuses it with a typed error', () => {
    const field = fc.constantFrom('ImageID', 'imageid', 'Labels', 'labels', 'SourceImageID', '__proto__')
    const anyState = fc.oneof(
      fc.anything({
        withMap: true,
        withTypedArray: true,
        withDate: true,
        withBigInt: true,
        withNullPrototype: true,
      }),
      fc.array(fc.dictionary(field, fc.anything({ maxDepth: 2 }))),
    )
    fc.assert(
      fc.property(anyState, (state) => {
        const decoded = attempt(() => decodeImages(state))
        for (const image of decoded?.images ?? []) {
          expect(Object.values(image).filter((value) => typeof value !== 'string')).toEqual([image.labels])
          expect(Object.values(image.labels).every((label) => typeof label === 'string')).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('ends on labels nested too deep, also when they hold themselves', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    const refused = refusal(() => decodeImages({ Labels: cycle }))
    expect(refused.message).toContain(String(MAX_LABEL_NESTING))
  })

  test('keeps paths short, however long the key', () => {
    const { dropped } = decodeImages({ ['k'.repeat(1_000_000)]: 1 })
    expect(dropped[0]?.path.length).toBeLessThan(100)
  })
})

test('a double is printed without exponent and reads back the same', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
      const text = weakString(n)
      expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
      expect(Number(text)).toBe(n)
    }),
  )
})

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof ImageError) return undefined
    throw error
  }
}

function refusal(run: () => unknown): ImageError {
  try {
    run()
  } catch (error) {
    if (error instanceof ImageError) return error
    throw error
  }
  return expect.fail('nothing was refused')
}
