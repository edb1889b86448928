import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('an image on %s', (_, create) => {
  test('is found in every version that has it, the newest first, page by page and back', async () => {
    await using at = await TestRegistry.open(create)
    for (const fingerprint of ['a', 'b', 'c']) await at.publish('base', fingerprint)
    const same = { image: 'ami-same' }
    for (const bucket of ['one', 'two', 'three']) await at.publish(bucket, 'x', same)
    await at.registry.versions.revoke(at.admin, at.version('two', 'x'), {})
    const find = (query: object) =>
      at.registry.builds.findImage(at.admin, at.project, { externalIdentifier: 'ami-same', ...query })
    const names = ({ items }: Awaited<ReturnType<typeof find>>) => items.map(({ bucket }) => bucket.name)
    expect(names(await find({}))).toEqual(['three', 'two', 'one'])
    expect((await find({})).items.map(({ version }) => version.status)).toEqual([
      'active',
      'revoked',
      'active',
    ])
    const first = await find({ pageSize: '2' })
    const second = await find({ pageSize: '2', nextPageToken: first.nextPageToken })
    const back = await find({ pageSize: '2', previousPageToken: second.previousPageToken })
    expect([first, second, back].map(names)).toEqual([['three', 'two'], ['one'], ['three', 'two']])
    expect(names(await find({ platform: 'aws', region: 'us-east-1' }))).toHaveLength(3)
    expect(names(await find({ platform: 'azure' }))).toEqual([])
    expect(names(await find({ region: 'eu-west-1' }))).toEqual([])
  })

  test('of no name, or one that nobody made, is not found', async () => {
    await using at = await TestRegistry.open(create)
    const find = (externalIdentifier: string) =>
      at.registry.builds.findImage(at.admin, at.project, { externalIdentifier })
    expect((await find('ami-nobody')).items).toEqual([])
    expect(await refusalOf(find(''))).toBe('name.malformed')
    expect(await refusalOf(find('x'.repeat(2049)))).toBe('text.too-long')
  })
})
