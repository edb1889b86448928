import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { undocumentedExports } from './doc-comments.ts'

it('every export of the packages says what it is', () => {
  expect(undocumentedExports(join(import.meta.dirname, '..'))).toEqual([])
})

it('an export without a comment is found, wherever the index has it from', () => {
  const root = mkdtempSync(join(tmpdir(), 'ingot-doc-comments-'))
  const write = (name: string, text: string) => {
    const file = join(root, 'packages/one/src', name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  try {
    write('index.ts', `export { told, type Bare } from './a.ts'\nexport * as inner from './inner/b.ts'\n`)
    write(
      'a.ts',
      '/** Told. */\nexport const told = 1\n\nexport interface Bare {}\n\nexport const hidden = 2\n',
    )
    write(
      'inner/b.ts',
      `export * from './c.ts'\n/** Told. */\nexport type Known = 1\nexport type Unknown = 2\n`,
    )
    write('inner/c.ts', '// A comment of another kind.\nexport async function deep() {}\n')
    expect(undocumentedExports(root)).toEqual([
      'packages/one/src/a.ts: Bare is exported without a doc comment',
      'packages/one/src/inner/b.ts: Unknown is exported without a doc comment',
      'packages/one/src/inner/c.ts: deep is exported without a doc comment',
    ])
  } finally {
    rmSync(root, { recursive: true })
  }
})
