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

  const commands = guideCommands(page).map(([, ...args]) => args)
  for (const args of commands)
    test(`is taken by ingot ${args.join(' ')}`, { timeout: 120_000 }, () => {
      const { status, output } = project.node(ingot, ...args)
      expect(status, output).toBe(0)
    })

  test('passes the tests that it shows', () => {
    const tests = guideFiles(page).filter(({ name }) => name.endsWith('.test.ts'))
    const { status, output } = project.test(tests.map(({ name }) => name))
    expect(status, output).toBe(0)
    for (const { name } of tests) expect(output).toContain(name)
  }, 120_000)
})
