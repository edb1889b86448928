import { expect, it } from 'vitest'
import { confirm } from './confirm.ts'

const what = 'Deletes the bucket web.'
const answering = (answer: string) => ({ asks: true, ask: async () => answer })

it.each(['y', 'Y', ' yes '])('%j is a yes', async (answer) => {
  await expect(confirm({ yes: undefined, what }, answering(answer))).resolves.toBeUndefined()
})

it.each(['', 'n', 'yeah no'])('%j is none', async (answer) => {
  await expect(confirm({ yes: undefined, what }, answering(answer))).rejects.toThrow('Nothing was changed')
})

it('--yes answers beforehand; where nobody can be asked, it is what helps', async () => {
  const nobody = { asks: false, ask: () => Promise.reject(new Error('asked')) }
  await expect(confirm({ yes: true, what }, nobody)).resolves.toBeUndefined()
  await expect(confirm({ yes: undefined, what }, nobody)).rejects.toThrow('--yes')
})
