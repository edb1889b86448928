import { describe, expect, it } from 'vitest'
import { recordingUi } from '../../test/components.ts'
import { sessionPair } from '../../test/raw-end.ts'
import { Broker } from '../broker/broker.ts'
import type { Transfer, Ui } from '../components.ts'
import { deferred } from '../deferred.ts'
import { RpcClient } from '../net-rpc/client.ts'
import { RpcServer } from '../net-rpc/server.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { MAX_TRACKERS } from './progress.ts'
import { serveUi, uiClient } from './ui.ts'

async function over(ui: Ui) {
  const { host, plugin } = sessionPair()
  const log: string[] = []
  const rpc = new RpcClient(plugin.open())
  const peer = { broker: new Broker(plugin), protobuf: true, log: (line: string) => void log.push(line) }
  const services = new ServiceTable()
  serveUi(ui, services)
  new RpcServer((await host.accept())!, services)
  return { ui: uiClient(rpc, peer), rpc, log, host }
}

const transfer: Transfer = { source: 'disk.v1.iso', totalSize: 10, currentSize: 0 }

describe('output over the wire', () => {
  it('arrives by its kind, in order, without anyone waiting', async () => {
    const there = recordingUi()
    const { ui } = await over(there)
    void ui.say('one')
    void ui.error('two')
    void ui.message('three')
    void ui.machine('artifact', ['0', 'id'])
    void ui.machine('end', [])
    await ui.settled()
    expect(there.said).toEqual([
      'say one',
      'error two',
      'message three',
      'machine artifact 0,id',
      'machine end ',
    ])
  })

  it('waits for what was said before it asks', async () => {
    const there = recordingUi()
    const { ui } = await over({ ...there, ask: async (question) => `${there.said} ${question}` })
    void ui.say('hello')
    expect(await ui.ask('ready?')).toBe('say hello ready?')
  })

  it('goes on while a question is open', async () => {
    const answer = deferred<string>()
    const there = recordingUi({ ask: () => answer.promise })
    const { ui } = await over(there)
    const asked = ui.ask('ready?')
    await ui.say('still here')
    expect(there.said).toEqual(['say still here'])
    answer.resolve('yes')
    expect(await asked).toBe('yes')
  })

  it('hands on that nobody can be asked', async () => {
    const ask = async () => {
      throw new Error('no available tty')
    }
    const { ui } = await over(recordingUi({ ask }))
    await expect(ui.ask('?')).rejects.toThrow('no available tty')
  })

  it('never fails those who speak: what was not heard is in the log', async () => {
    const say = async () => {
      throw new Error('the terminal is gone')
    }
    const { ui, log, host } = await over(recordingUi({ say }))
    await ui.say('anybody?')
    await host.close()
    await ui.error('now?')
    expect(log).toEqual([
      expect.stringContaining('Ui.Say failed: the terminal is gone'),
      expect.stringContaining('Ui.Error failed'),
    ])
  })
})

describe('progress over the wire', () => {
  it('is a service with the name of its source, until it is closed', async () => {
    const seen: unknown[] = []
    const trackProgress = async (begun: Transfer) => {
      seen.push(begun)
      return {
        add: async (bytes: number) => void seen.push(bytes),
        close: async () => void seen.push('closed'),
      }
    }
    const { rpc } = await over(recordingUi({ trackProgress }))
    const argument = { Src: transfer.source, TotalSize: 10, CurrentSize: 0 }
    const id = (await rpc.call('Ui.NewTrackProgress', argument)) as string
    expect(id).toMatch(/^disk\.v1\.iso\w{6}$/)
    await rpc.call(`Ui${id}.Add`, 5)
    await rpc.call(`Ui${id}.Close`)
    expect(seen).toEqual([transfer, 5, 'closed'])
    await expect(rpc.call(`Ui${id}.Add`, 5)).rejects.toThrow("can't find service")
  })

  it('arrives whole, whether or not each step is waited for', async () => {
    let sum = 0
    let closed = false
    const trackProgress = async () => ({
      add: async (bytes: number) => {
        sum += bytes
      },
      close: async () => {
        closed = true
      },
    })
    const { ui } = await over(recordingUi({ trackProgress }))
    const progress = await ui.trackProgress(transfer)
    for (let i = 1; i <= 100; i++) void progress.add(i)
    await progress.close()
    expect([sum, closed]).toEqual([5_050, true])
  })

  it('that cannot be shown does not stop the transfer', async () => {
    const trackProgress = async () => {
      throw new Error('no bar')
    }
    const { ui, log } = await over(recordingUi({ trackProgress }))
    const progress = await ui.trackProgress(transfer)
    await progress.add(5)
    await progress.close()
    expect(log).toEqual([expect.stringContaining('no bar')])
  })

  it('is bounded', async () => {
    const { rpc } = await over(recordingUi())
    for (let i = 0; i < MAX_TRACKERS; i++) await rpc.call('Ui.NewTrackProgress', { Src: 'x' })
    await expect(rpc.call('Ui.NewTrackProgress', { Src: 'x' })).rejects.toThrow(String(MAX_TRACKERS))
  })

  it.each([7, [], { Src: 7 }, { TotalSize: 'x' }, { CurrentSize: 1.5 }])(
    'refuses the transfer %o',
    async (argument) => {
      const { rpc, ui } = await over(recordingUi())
      await expect(rpc.call('Ui.NewTrackProgress', argument)).rejects.toThrow(/is not/)
      await ui.trackProgress(transfer)
    },
  )
})
