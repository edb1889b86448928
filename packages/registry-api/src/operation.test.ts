import { expect, expectTypeOf, test } from 'vitest'
import type { Body, Operation, Params, Query, Reply } from './operation.ts'
import * as packer2021 from './packer-2021-04-30/operations.ts'
import * as packer2022 from './packer-2022-12-02/operations.ts'
import * as packer from './packer-2023-01-01/operations.ts'

test.each([
  ['packer-2023-01-01', packer, 52],
  ['packer-2022-12-02', packer2022, 1],
  ['packer-2021-04-30', packer2021, 28],
])('the plane %s lists each of its operations once', (plane, module, count) => {
  const operations = Object.values<Operation>(module)
  expect(new Set(operations.map((each) => each.id)).size).toBe(count)
  expect(new Set(operations.map((each) => `${each.method} ${each.path}`)).size).toBe(count)
  expect(operations.filter((each) => each.plane !== plane || !each.path.startsWith('/packer/'))).toEqual([])
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
