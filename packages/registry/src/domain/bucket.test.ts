import { expect, test } from 'vitest'
import { type Bucket, checkBucket, reword } from './bucket.ts'

const bucket = { description: 'old', labels: { a: '1' }, updatedAt: 1 } as unknown as Bucket
const packer = 'packer/1.16.0 hcp-go-sdk/0.174.0'

test('packer means what it leaves out to be empty', () => {
  expect(reword(bucket, {}, packer, 2)).toEqual({ description: '', labels: {}, updatedAt: 2 })
  expect(reword(bucket, { labels: { b: '2' } }, packer, 2)).toMatchObject({
    description: '',
    labels: { b: '2' },
  })
})

test('another client that names neither changes nothing', () => {
  expect(reword(bucket, {}, 'terraform-provider-hcp', 2)).toBe(bucket)
  expect(reword(bucket, { description: 'new' }, '', 2)).toEqual({
    description: 'new',
    labels: {},
    updatedAt: 2,
  })
})

test('the same words leave the bucket as it is', () => {
  expect(reword(bucket, { description: 'old', labels: { a: '1' } }, packer, 2)).toBe(bucket)
})

test('a new bucket has a name and a description of bounded length', () => {
  expect(checkBucket('base', { description: 'd'.repeat(255) })).toBeUndefined()
  expect(checkBucket('base', { description: 'd'.repeat(256) })?.code).toBe('text.too-long')
  expect(checkBucket('b', {})?.code).toBe('name.malformed')
})
