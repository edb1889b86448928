import { expect, expectTypeOf, test } from 'vitest'
import type { Body, Params, Query, Reply } from './operation.ts'
import * as packer from './packer-2023-01-01/operations.ts'

const operations = Object.values(packer)

test('the plane lists each of its 52 operations once', () => {
  expect(new Set(operations.map((each) => each.id)).size).toBe(52)
  expect(new Set(operations.map((each) => `${each.method} ${each.path}`)).size).toBe(52)
})

test('the parts of an operation have the types that its schemas say', () => {
  expectTypeOf<Params<typeof packer.getChannel>>().toEqualTypeOf<{
    readonly organization_id: string
    readonly project_id: string
    readonly bucket_name: string
    readonly channel_name: string
  }>()
  expectTypeOf<Body<typeof packer.createVersion>['template_type']>().toEqualTypeOf<
    'TEMPLATE_TYPE_UNSET' | 'HCL2' | 'JSON' | null | undefined
  >()
  expectTypeOf<Query<typeof packer.listBuckets>['pagination.page_size']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Reply<typeof packer.getVersion>['version']['revoke_at']>().toEqualTypeOf<string | null>()
  expectTypeOf<Reply<typeof packer.getBucket>['bucket']['version_count']>().toEqualTypeOf<string>()
})
