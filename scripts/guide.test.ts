import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DocumentedProject } from './documented-code.ts'
import { guideCommands, guideFiles, guidePages } from './guide-pages.ts'

const ingot = join(import.meta.dirname, '..', 'packages', 'cli', 'bin', 'ingot.js')

describe.each(guidePages)('the code of %s', (page) => {
  let project: DocumentedProject

  beforeAll(() => {
    project = new DocumentedProject(guideFiles(page))
  })

  afterAll(() => project[Symbol.dispose]())

  test('compiles', () => {
    expect(project.compile()).toBe('')
  })

  test.runIf(guideCommands(page).length > 0)(
    'is taken by the commands that it shows',
    () => {
      for (const [, ...args] of guideCommands(page)) {
        const { status, output } = project.node(ingot, ...args)
        expect(status, `${args.join(' ')}\n${output}`).toBe(0)
      }
    },
    120_000,
  )

  test('passes the tests that it shows', () => {
    const tests = guideFiles(page).filter(({ name }) => name.endsWith('.test.ts'))
    const { status, output } = project.test(tests.map(({ name }) => name))
    expect(status, output).toBe(0)
    for (const { name } of tests) expect(output).toContain(name)
  }, 120_000)
})
