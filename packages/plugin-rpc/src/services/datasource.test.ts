import type { Value } from '@ingot/cty'
import { describe, expect, it } from 'vitest'
import { never, spec } from '../../test/components.ts'
import { hostOf } from '../../test/hand-made-plugin.ts'
import type { ConfigElement, Datasource } from '../components.ts'
import { deferred } from '../deferred.ts'
import { connectInProcess } from '../in-process.ts'

const value: Value = {
  type: {
    kind: 'object',
    attributes: { id: { kind: 'string' }, tags: { kind: 'list', element: { kind: 'string' } } },
  },
  content: {
    id: { type: { kind: 'string' }, content: 'ami-1' },
    tags: { type: { kind: 'list', element: { kind: 'string' } }, content: null },
  },
}

function datasource(changes: Partial<Datasource> = {}): Datasource {
  return {
    configSpec: async () => spec,
    outputSpec: async () => ({ kind: 'object', attributes: {} }),
    configure: async () => {},
    execute: async () => value,
    ...changes,
  }
}

describe.each([true, false])('a data source over the wire, with protobuf: %s', (protobuf) => {
  it('tells both specs and its value', async () => {
    const seen: unknown[] = []
    const configure = async (configs: readonly ConfigElement[]) => void seen.push(configs)
    await using plugin = await connectInProcess({ datasource: datasource({ configure }) }, { protobuf })
    const configs: ConfigElement[] = [{ kind: 'cty', value }]
    expect(await plugin.datasource.configSpec()).toEqual(spec)
    expect(await plugin.datasource.outputSpec()).toEqual({ kind: 'object', attributes: {} })
    await plugin.datasource.configure(configs)
    expect(seen).toEqual([configs])
    expect(await plugin.datasource.execute({ signal: never })).toEqual(value)
  })
})

describe('a data source', () => {
  it('fails with the messages of its author', async () => {
    const fail = async () => {
      throw new Error('no image matches')
    }
    await using plugin = await connectInProcess({
      datasource: datasource({ configure: fail, execute: fail }),
    })
    await expect(plugin.datasource.configure([])).rejects.toThrow('no image matches')
    await expect(plugin.datasource.execute({ signal: never })).rejects.toThrow('no image matches')
  })

  it('can be cancelled', async () => {
    const begun = deferred<void>()
    const execute: Datasource['execute'] = async ({ signal }) => {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      throw signal.reason
    }
    await using plugin = await connectInProcess({ datasource: datasource({ execute }) })
    const cancel = new AbortController()
    const executed = plugin.datasource.execute({ signal: cancel.signal })
    await begun.promise
    cancel.abort()
    await expect(executed).rejects.toThrow('The data source was cancelled.')
  })

  it('may also tell its error in the body, as Go data sources do', async () => {
    const host = await hostOf('Datasource', () => ({
      Configure: () => ({ Error: { Message: 'bad filter' } }),
      Execute: () => ({ Value: null, Error: { Message: 'no image' } }),
    }))
    await expect(host.datasource().configure([])).rejects.toThrow('bad filter')
    await expect(host.datasource().execute({ signal: never })).rejects.toThrow('no image')
    await host.close()
  })

  it.each([null, 7, { Value: 7 }, { Value: null }, { Value: Buffer.from('c1', 'hex') }])(
    'gets a typed error for the answer %o',
    async (reply) => {
      const host = await hostOf('Datasource', () => ({ Execute: () => reply }))
      await expect(host.datasource().execute({ signal: never })).rejects.toMatchObject({ name: 'WireError' })
      await host.close()
    },
  )
})
