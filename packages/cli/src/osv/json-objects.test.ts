import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonObjects, MAX_ADVISORY_BYTES } from './json-objects.ts'

async function* cut(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const values = async (text: string, size = 7) =>
  (await Array.fromAsync(jsonObjects(cut(text, size), 'f'))).map(({ value }) => value)
const problem = (text: string) => values(text).then(String, (error: Error) => error.message)

describe('the objects of a JSON file', () => {
  it('are those of a list, of lines, or the one, however the bytes come', async () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue())
    const writers = [
      (all: unknown[]) => JSON.stringify(all),
      (all: unknown[]) => JSON.stringify(all, undefined, 2),
      (all: unknown[]) => all.map((one) => `${JSON.stringify(one)}\n`).join(''),
      (all: unknown[]) => `\uFEFF${all.map((one) => JSON.stringify(one, undefined, 1)).join('\r\n')}`,
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(object),
        fc.constantFrom(...writers),
        fc.integer({ min: 3, max: 40 }),
        async (all, write, size) => {
          const json = JSON.parse(JSON.stringify(all))
          expect(await values(write(json), size)).toEqual(json)
        },
      ),
    )
  })

  it('say where they begin', async () => {
    const found = await Array.fromAsync(jsonObjects(cut('{"a":1}\n\n{"a":\n2}\n{}', 4), 'all.jsonl'))
    expect(found.map(({ where }) => where)).toEqual([
      'all.jsonl, line 1',
      'all.jsonl, line 3',
      'all.jsonl, line 5',
    ])
  })

  it.each([
    ['{"a":1}\n{"a":}\n{"a":2}', 'f, line 2: no JSON'],
    ['{"a":1}\n{"a":"x}\n{"a":2}', 'f, line 2: no JSON (a text does not end'],
    ['{"a":1}\n{"a":1\n', 'f, line 2: no JSON (the JSON object that begins there does not end'],
    ['{"a":1}\n{"a":1}}\n', 'f, line 2: no JSON (there is no JSON object'],
    ['hello', 'f, line 1'],
    ['\0\0\0', 'f, line 1'],
  ])('name the line of what is broken: %j', async (text, message) => {
    expect(await problem(text)).toContain(message)
  })

  it('are no larger than the largest advisory', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"a":"')
      for (let sent = 0; sent <= 2 * MAX_ADVISORY_BYTES; sent += 65_536) yield Buffer.alloc(65_536, 'x')
      throw new Error('it was read on')
    }
    const reading = Array.fromAsync(jsonObjects(endless(), 'f'))
    await expect(reading).rejects.toThrow(/line 1: no JSON \(.*more than/)
  })

  it('are read of 200 MB without holding more than a part of them', { timeout: 120_000 }, async () => {
    const advisory = JSON.stringify({ id: 'CVE-1', details: 'x'.repeat(65_000), braces: '{"\\\\[' })
    async function* large(): AsyncGenerator<Uint8Array> {
      const line = Buffer.from(`${advisory}\n`)
      for (let sent = 0; sent < 200_000_000; sent += line.length) yield line
    }
    const before = process.memoryUsage().rss
    let most = 0
    let count = 0
    for await (const { value } of jsonObjects(large(), 'f')) {
      expect(value).toHaveProperty('id', 'CVE-1')
      if (count++ % 100 === 0) most = Math.max(most, process.memoryUsage().rss - before)
    }
    expect(count).toBeGreaterThan(3000)
    expect(most).toBeLessThan(150_000_000)
  })

  it('take any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
        const outcome = await Array.fromAsync(jsonObjects(cut(bytes, 5), 'f')).then(
          () => 'read',
          (error: Error) => error.name,
        )
        expect(['read', 'UserError']).toContain(outcome)
      }),
    )
  })
})
