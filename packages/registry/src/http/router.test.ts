import { packer } from '@ingot/registry-api'
import { expect, test } from 'vitest'
import { unserved } from './route.ts'
import { Router } from './router.ts'

const router = new Router(Object.values(packer).map((operation) => unserved(operation as never)))
const project = '/packer/2023-01-01/organizations/o/projects/p'

function found(method: string, path: string) {
  const result = router.find(method, `${project}${path}`)
  if (!result) return
  return 'allowed' in result
    ? result.allowed
    : [result.route.operation.id.replace('PackerService_', ''), result.params]
}

test.each([
  ['GET', '/buckets/web/channels/latest', 'GetChannel', { bucket_name: 'web', channel_name: 'latest' }],
  ['POST', '/buckets/web/channels/assign', 'AssignChannelVersion', { bucket_name: 'web' }],
  ['GET', '/buckets/web/channels/assign', 'GetChannel', { bucket_name: 'web', channel_name: 'assign' }],
  ['GET', '/runtasks/config', 'GetRunTaskConfig', {}],
  ['GET', '/runtasks/validation', 'GetRegistryTFCRunTaskAPI', { task_type: 'validation' }],
  ['GET', '/enforced_blocks/bucket/web', 'GetEnforcedBlocksByBucket', { bucket_name: 'web' }],
  ['GET', '/enforced_blocks/bucket/versions', 'GetEnforcedBlocksByBucket', { bucket_name: 'versions' }],
  ['HEAD', '/buckets/Web', 'GetBucket', { bucket_name: 'Web' }],
])('%s %s is %s', (method, path, id, params) => {
  expect(found(method, path)).toEqual([id, { organization_id: 'o', project_id: 'p', ...params }])
})

test('a parameter is decoded once and may hold a slash', () => {
  expect(found('GET', '/buckets/a%2Fb%252F%20c')).toMatchObject(['GetBucket', { bucket_name: 'a/b%2F c' }])
})

test('a broken encoding is an error of its own', () => {
  expect(() => found('GET', '/buckets/%zz')).toThrow(URIError)
})

test('a path that is served by other methods says which', () => {
  expect(found('POST', '/buckets/web')).toEqual(['DELETE', 'GET', 'PATCH'])
  expect(found('OPTIONS', '/runtasks/config')).toEqual(expect.arrayContaining(['GET', 'PATCH']))
})

test.each(['/buckets/', '/nothing', '/buckets/a/b/c', '/buckets//channels/x', ''])(
  '%s leads nowhere',
  (path) => {
    expect(found('GET', path)).toBeUndefined()
  },
)
