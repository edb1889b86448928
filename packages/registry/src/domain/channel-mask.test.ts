import { expect, test } from 'vitest'
import { readMask, readOldMask } from './channel-mask.ts'

test('the mask says which fields are written; a named field that is absent is cleared', () => {
  expect(readMask({ updateMask: 'versionFingerprint', versionFingerprint: 'fp' })).toEqual({
    version: { versionFingerprint: 'fp' },
  })
  expect(readMask({ updateMask: 'version_fingerprint' })).toEqual({ version: { versionFingerprint: '' } })
  expect(readMask({ updateMask: 'restricted' })).toEqual({ restricted: false })
  expect(readMask({ updateMask: ' restricted , versionFingerprint', restricted: true })).toEqual({
    restricted: true,
    version: { versionFingerprint: '' },
  })
})

test('a mask that is absent, empty or strange is refused', () => {
  for (const updateMask of [undefined, '', ' ,'])
    expect(readMask({ updateMask })).toMatchObject({ code: 'channel.mask-absent' })
  expect(readMask({ updateMask: 'name' })).toMatchObject({
    code: 'channel.mask-unknown',
    params: { path: 'name' },
  })
})

test('the old mask says the same in other words', () => {
  const words = { versionId: 'id', versionFingerprint: 'fp', versionNumber: 3, restricted: true }
  expect(readOldMask({ ...words, mask: 'restriction' })).toEqual({ restricted: true })
  expect(readOldMask({ ...words, mask: 'restriction,iterationId' })).toEqual({
    restricted: true,
    version: { versionId: 'id' },
  })
  expect(readOldMask({ ...words, mask: 'incrementalVersion, fingerprint' })).toEqual({
    version: { versionNumber: 3, versionFingerprint: 'fp' },
  })
  expect(readOldMask({ mask: 'iterationId' })).toEqual({ version: {} })
  expect(readOldMask({ mask: 'restriction' })).toEqual({})
})

test('without an old mask everything is written, and the first word for a version counts', () => {
  const words = { versionId: '', versionFingerprint: 'fp', versionNumber: 3 }
  expect(readOldMask(words)).toEqual({ version: { versionFingerprint: 'fp' } })
  expect(readOldMask({ ...words, versionId: 'id', restricted: false })).toEqual({
    version: { versionId: 'id' },
    restricted: false,
  })
  expect(readOldMask({})).toEqual({ version: {} })
})

test('a strange old mask is refused', () => {
  for (const path of ['versionFingerprint', 'slug', '__proto__', 'constructor'])
    expect(readOldMask({ mask: `restriction,${path}` })).toMatchObject({
      code: 'channel.mask-unknown',
      params: { field: 'mask', path },
    })
})
