import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as cty from '../src/index.ts'

const folder = join(import.meta.dirname, '..', 'src')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')

const examples = [...sources.matchAll(/@example\n((?: \* .*\n)+)/g)]
  .flatMap(([, lines]) => lines!.replace(/^ \* /gm, '').trim().split('\n'))
  .map((line) => line.split(' // → ') as [string, string])

describe('every example gives what its arrow says', () => {
  test.each(examples)('%s → %s', (expression, result) => {
    expect(evaluate(expression)).toEqual(evaluate(result))
  })
})

const documented = [...sources.matchAll(/\*\/\nexport (?:class|const|function) (\w+)/g)].map(
  ([, name]) => name,
)

test.each(Object.keys(cty))('%s is documented', (name) => {
  expect(documented).toContain(name)
})

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(cty), `return (${expression})`)(...Object.values(cty))
}
