import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImageError, image, validate } from './index.ts'

const bare = { imageId: 'ami-1', providerName: 'aws' }

describe('validate', () => {
  test('asks for id and provider only, as Go does', () => {
    expect(() => validate(bare)).not.toThrow()
    expect(() => validate(image(bare))).not.toThrow()
  })

  test.each([
    ['imageId', 'withId'],
    ['providerName', 'withProvider'],
  ])('refuses an empty %s and names the remedy', (field, remedy) => {
    const refused = refusal(() => validate({ ...bare, [field]: '' }))
    expect(refused).toMatchObject({ code: 'field.empty', field })
    expect(refused.message).toMatch(new RegExp(`^${field}: .*${remedy}`))
  })

  test('asks for the source too when strict', () => {
    const refused = refusal(() => validate(bare, { strict: true }))
    expect(refused).toMatchObject({ code: 'field.empty', field: 'sourceImageId' })
    expect(refused.message).toContain('withSourceId')
    expect(() => validate({ ...bare, sourceImageId: 'ami-0' }, { strict: true })).not.toThrow()
  })

  test('accepts exactly the images whose compulsory fields are not empty', () => {
    const field = fc.constantFrom('', 'x', ' ')
    fc.assert(
      fc.property(field, field, field, fc.boolean(), (imageId, providerName, sourceImageId, strict) => {
        const complete = imageId !== '' && providerName !== '' && (!strict || sourceImageId !== '')
        const accepted = () => validate({ imageId, providerName, sourceImageId }, { strict })
        if (complete) expect(accepted).not.toThrow()
        else expect(accepted).toThrow(ImageError)
      }),
    )
  })
})

describe('image', () => {
  test.each([
    ['imageId', { imageId: 5 }],
    ['providerName', { providerName: undefined }],
    ['providerRegion', { providerRegion: ['eu'] }],
    ['labels', { labels: ['a'] }],
    ['labels[cpus]', { labels: { cpus: 4 } }],
    ['sourceImageId', { sourceImageId: Symbol('x') }],
  ])('names %s when it has the wrong type', (field, wrong) => {
    expect(refusal(() => image({ ...bare, ...wrong } as never))).toMatchObject({ code: 'field.type', field })
  })

  test('keeps messages short, however long the key', () => {
    const labels = { ['k'.repeat(1_000_000)]: 1 }
    expect(refusal(() => image({ ...bare, labels } as never)).message.length).toBeLessThan(200)
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
