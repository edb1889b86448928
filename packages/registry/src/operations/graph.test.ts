import { describe, expect, test } from 'vitest'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'

describe.each(drivers)('the graph on %s', (_, create) => {
  test('shows a diamond once, with the kind of every edge', async () => {
    await using at = await TestRegistry.open(create)
    const base = await at.publish('base', 'a')
    const { id: channel } = await at.registry.channels.get(at.admin, at.channel('base', 'latest'))
    const left = await at.publish('left', 'a', { id: base.id, channel })
    const right = await at.publish('right', 'a', { source: 'ami-base-a' })
    const top = await at.publish('top', 'a', { id: left.id })
    const graph = await at.registry.ancestry.graph(at.admin, at.bucket('base'), {})
    expect(graph.nodes.map(({ bucketName, depth, channels }) => [bucketName, depth, channels])).toEqual([
      ['base', 0, ['latest']],
      ['left', 1, ['latest']],
      ['right', 1, ['latest']],
      ['top', 2, ['latest']],
    ])
    expect(new Set(graph.edges)).toEqual(
      new Set([
        {
          parentId: base.id,
          childId: left.id,
          kind: 'declared',
          channelName: 'latest',
          status: 'up-to-date',
        },
        { parentId: base.id, childId: right.id, kind: 'observed', channelName: '', status: 'undetermined' },
        { parentId: left.id, childId: top.id, kind: 'declared', channelName: '', status: 'undetermined' },
      ]),
    )
    expect(graph.whole).toBe(true)
  })

  test('goes both ways from a version, as far as it is asked to', async () => {
    await using at = await TestRegistry.open(create)
    const names = ['a', 'b', 'c', 'd', 'e']
    let id = ''
    for (const name of names) id = (await at.publish(`bucket-${name}`, 'x', { id })).id
    const around = async (query: object) =>
      (await at.registry.ancestry.graph(at.admin, at.bucket('bucket-c'), query)).nodes.map(
        ({ bucketName, depth }) => `${bucketName.at(-1)}${depth}`,
      )
    expect(await around({})).toEqual(['c0', 'd1', 'e2', 'b-1', 'a-2'])
    expect(await around({ depth: 1 })).toEqual(['c0', 'd1', 'b-1'])
    expect(await around({ depth: 0, versionFingerprint: 'x' })).toEqual(['c0'])
    expect(await around({ direction: 'ancestors' })).toEqual(['c0', 'b-1', 'a-2'])
    expect(await around({ direction: 'descendants', depth: 1 })).toEqual(['c0', 'd1'])
    expect(await refusalOf(at.registry.ancestry.graph(at.admin, at.bucket('bucket-c'), { depth: 65 }))).toBe(
      'graph.depth',
    )
  })

  test('hides restricted channels from those who may not see them', async () => {
    await using at = await TestRegistry.open(create)
    await at.publish('base', 'a')
    const { nodes } = await at.registry.ancestry.graph(at.viewer, at.bucket('base'), {})
    expect(nodes.map(({ channels }) => channels)).toEqual([[]])
  })
})
