import { join } from 'node:path'
import { bundlePlugin } from '@ingot/plugin-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DocumentedProject, documentedFiles } from '../../../scripts/documented-code.ts'

let project: DocumentedProject

beforeAll(() => {
  project = new DocumentedProject(documentedFiles('packages/plugin-sdk/README.md'))
})

afterAll(() => project[Symbol.dispose]())

test('the code of the readme compiles', () => {
  expect(documentedFiles('packages/plugin-sdk/README.md').length).toBeGreaterThan(6)
  expect(project.compile()).toBe('')
})

test.each(['src/builder.test.ts', 'src/disk.test.ts', 'src/others.test.ts'])(
  '%s of the readme passes',
  (file) => {
    expect(project.node(file)).toEqual({ status: 0, output: '' })
  },
)

test('the plugin of the readme bundles', async () => {
  const entry = join(project.folder, 'src/plugin.ts')
  const bundle = await bundlePlugin({ entry, outfile: `${project.folder}/dist/` })
  expect(bundle).toMatchObject({ name: 'copycat', description: { builders: ['image'], version: '1.0.0' } })
})
