import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listen } from './listen.ts'

afterEach(() => vi.restoreAllMocks())

describe.skipIf(process.platform === 'win32')('a listener', () => {
  it('takes another name where one is taken', async () => {
    vi.spyOn(process.hrtime, 'bigint').mockReturnValueOnce(1n).mockReturnValueOnce(1n)
    const [first, second] = [await listen({}), await listen({})]
    expect(second.address).not.toEqual(first.address)
    expect([first, second].map(({ address }) => existsSync(address.address))).toEqual([true, true])
    first.close()
    second.close()
    expect([first, second].map(({ address }) => existsSync(address.address))).toEqual([false, false])
  })

  it('gives up where every name is taken', async () => {
    vi.spyOn(process.hrtime, 'bigint').mockReturnValue(2n)
    const first = await listen({})
    await expect(listen({})).rejects.toMatchObject({ code: 'EADDRINUSE' })
    first.close()
  })

  it('leaves signals and the end of the process alone once a host has connected', async () => {
    const listening = () => ['exit', 'SIGTERM'].map((event) => process.listenerCount(event))
    const before = listening()
    const { address, connection } = await listen({})
    expect(listening()).toEqual(before.map((count) => count + 1))
    const host = connect({ path: address.address })
    const socket = await connection
    expect(listening()).toEqual(before)
    expect(existsSync(address.address)).toBe(false)
    host.destroy()
    socket.destroy()
  })
})
