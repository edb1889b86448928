import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fromArtifact,
  fromMappedData,
  ImageError,
  toString as line,
  type Override,
  setLabels,
  withId,
  withProvider,
  withRegion,
  withSourceId,
} from './index.ts'

const artifact = { builderId: 'happy.builder', id: 'img-1' }

describe('fromArtifact', () => {
  test('takes provider and id from the artifact and leaves the rest empty, as Go does', () => {
    expect(fromArtifact(artifact)).toEqual({
      imageId: 'img-1',
      providerName: 'happy.builder',
      providerRegion: '',
      labels: {},
      sourceImageId: '',
    })
  })

  test('applies each override', () => {
    const labels = setLabels({ os: 'linux', cpus: 4, gone: null })
    expect(
      fromArtifact(artifact, withId('x'), withProvider('p'), withRegion('r'), withSourceId('s'), labels),
    ).toEqual({
      imageId: 'x',
      providerName: 'p',
      providerRegion: 'r',
      labels: { os: 'linux' },
      sourceImageId: 's',
    })
  })

  test('applies overrides in order, the last of each field wins and labels add up', () => {
    const someOverride = fc.oneof(
      fc.string().map((id) => ({ override: withId(id), change: { imageId: id } })),
      fc.string().map((name) => ({ override: withProvider(name), change: { providerName: name } })),
      fc.string().map((region) => ({ override: withRegion(region), change: { providerRegion: region } })),
      fc.string().map((id) => ({ override: withSourceId(id), change: { sourceImageId: id } })),
    )
    fc.assert(
      fc.property(
        fc.array(someOverride),
        fc.array(fc.dictionary(fc.string(), fc.string())),
        (fields, labels) => {
          const overrides: Override[] = [...fields.map((it) => it.override), ...labels.map(setLabels)]
          const changes = Object.assign({}, ...fields.map((it) => it.change))
          const merged = Object.fromEntries(labels.flatMap((it) => Object.entries(it)))
          expect(fromArtifact(artifact, ...overrides)).toEqual({
            ...fromArtifact(artifact),
            ...changes,
            labels: merged,
          })
        },
      ),
    )
  })

  test('does not touch what it was given', () => {
    const labels = Object.freeze({ a: '1' })
    const override = setLabels(labels)
    fromArtifact(Object.freeze({ ...artifact }), override, setLabels({ b: '2' }))
    expect(fromArtifact(artifact, override).labels).toEqual({ a: '1' })
  })

  test('stops at the first override that throws', () => {
    const broken: Override = () => {
      throw new Error('no region configured')
    }
    expect(() => fromArtifact(artifact, withId('x'), broken, withId('y'))).toThrow('no region configured')
  })

  test.each([null, undefined])('has a typed error for %s', (absent) => {
    expect(refusal(() => fromArtifact(absent as never))).toMatchObject({
      code: 'artifact.absent',
      field: 'artifact',
    })
  })

  test('says which property is no string, and what to do about a function', () => {
    expect(refusal(() => fromArtifact({ id: 'x' } as never))).toMatchObject({
      code: 'field.type',
      field: 'builderId',
    })
    const asMethods = { builderId: () => 'b', id: () => 'i' }
    expect(refusal(() => fromArtifact(asMethods as never)).message).toContain('call it')
  })

  test.each([withId, withProvider, withRegion, withSourceId])('%o refuses what is no string', (override) => {
    expect(refusal(() => override(undefined as never)).code).toBe('field.type')
  })
})

describe('setLabels', () => {
  test('keeps exactly the labels that are strings, whatever else there is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (data) => {
        const strings = Object.entries(data).filter(([, value]) => typeof value === 'string')
        expect(fromArtifact(artifact, setLabels(data)).labels).toEqual(Object.fromEntries(strings))
        expect(fromArtifact(artifact, setLabels(new Map(Object.entries(data)))).labels).toEqual(
          Object.fromEntries(strings),
        )
      }),
    )
  })

  test.each([[['a']], ['text'], [null], [Buffer.from('x')]])('refuses %o', (labels) => {
    expect(refusal(() => setLabels(labels as never))).toMatchObject({ code: 'map.required', field: 'labels' })
  })
})

describe('fromMappedData', () => {
  const amis = new Map([
    ['us-east-1', 'ami-2'],
    ['eu-west-1', 'ami-1'],
  ])

  test('makes one image of each entry, in order', () => {
    const images = fromMappedData(amis, (region, ami) => ({
      imageId: ami,
      providerName: 'aws',
      providerRegion: region,
    }))
    expect(images.map(line)).toEqual([
      'provider:aws, image:ami-2, region:us-east-1',
      'provider:aws, image:ami-1, region:eu-west-1',
    ])
    expect(images[0]).toMatchObject({ labels: {}, sourceImageId: '' })
  })

  test('ends at the first entry that fails', () => {
    const seen: string[] = []
    const failing = (region: string): never => {
      seen.push(region)
      throw new Error(`no image in ${region}`)
    }
    expect(() => fromMappedData(amis, failing)).toThrow('no image in us-east-1')
    expect(seen).toEqual(['us-east-1'])
  })

  test.each([[['a']], ['text'], [null], [7]])('refuses %o', (data) => {
    const make = () => fromMappedData(data as never, () => ({ imageId: '1', providerName: 'p' }))
    expect(refusal(make)).toMatchObject({ code: 'map.required', field: 'map' })
  })
})

function refusal(run: () => unknown): ImageError {
  try {
    run()
  } catch (error) {
    if (error instanceof ImageError) return error
    throw error
  }
  return expect.fail('nothing was refused')
}
